import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalogs } from "./catalogs.ts";
import { HostRepository } from "./repository.ts";

let server: Server;
let sent = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/small") return response.end('schema = 1\n[modules.forum]\nsource = "npm"\npackage = "@acme/forum"\n');
    const chunk = Buffer.alloc(1024 * 1024, "# nothing\n");
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += 1;
    };
    response.on("drain", more);
    more();
    return undefined;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const read = (path: string, credentials = "") => readCatalogs(new HostRepository("/nowhere", "/nowhere"), "", [`http://${credentials}127.0.0.1:${(server.address() as AddressInfo).port}${path}`]);

test("a catalog is read from its address", async () => {
  const { catalogs, problems } = await read("/small");
  expect([catalogs[0]?.entries.map(({ slug }) => slug), problems]).toEqual([["forum"], []]);
});

test("one without end is left when it has too much, and does not hide others", async () => {
  const { problems } = await read("/endless");
  expect(problems).toEqual([expect.objectContaining({ code: "catalog_unreadable", message: expect.stringMatching(/more than 5242880 bytes$/) as string })]);
  expect(sent).toBeLessThan(64);
});

test("a password in its address is told to nobody", async () => {
  const { problems } = await read("/small", "ada:correct-horse@");
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain("correct-horse");
});
