import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { splitLosses, Visitors } from "./visitors.ts";

const loss = (began: number, ended: number) => ({ began, ended, why: "gone" });

test("a loss belongs to the killed one's outage when the request was under way in it, and to nobody else", () => {
  const [before, across, within, after] = [loss(0, 5), loss(5, 15), loss(12, 18), loss(30, 40)];
  expect(splitLosses([before, across, within, after], { from: 10, to: 20 })).toEqual({ own: [across, within], counted: [before, after] });
});

test("without an outage every loss counts", () => {
  expect(splitLosses([loss(0, 1)], undefined).counted).toHaveLength(1);
});

test("visitors see every answer that is not well, and when answers are well again", async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const visitors = new Visitors(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 2);
  expect(await visitors.answeredSince(performance.now(), 10_000)).toBeDefined();
  expect(visitors.visits.losses).toEqual([]);
  status = 503;
  while (visitors.visits.losses.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  status = 200;
  expect(await visitors.answeredSince(performance.now(), 10_000)).toBeDefined();
  await visitors.stop();
  server.close();
  expect(visitors.visits.losses.map(({ why }) => why)).toContain("status 503");
});
