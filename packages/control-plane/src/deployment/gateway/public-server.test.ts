import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { ApplicationLog } from "./application-log.ts";
import { servePublic } from "./public-server.ts";
import { Releases } from "./releases.ts";

test("who asks before the gateway knows its releases waits for them", async () => {
  const directory = mkdtempSync(join(tmpdir(), "modyard-public-"));
  const logOf = (releaseId: string): ApplicationLog => new ApplicationLog(join(directory, `${releaseId}.log`));
  const releases = new Releases({ gatewayDirectory: directory, stopGraceMs: 1000, logOf, changed: () => undefined }, () => Promise.resolve());
  const server = await servePublic({ releases, patienceMs: 0 }, "127.0.0.1:0", undefined);
  let answered = false;
  const answer = fetch(server.url).then((response) => {
    answered = true;
    return response.status;
  });
  await delay(200);
  expect(answered).toBe(false);
  await releases.restore({ version: 1, releases: [], fence: 0 });
  expect(await answer).toBe(503);
  await server.close();
  rmSync(directory, { recursive: true });
});
