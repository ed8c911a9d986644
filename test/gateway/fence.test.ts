import { readFile, rename, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bringUp, urlOf } from "../contracts/target-contract.ts";
import { heldTarget } from "../support/held-target.ts";
import { makeProcessHarness, type ProcessHarness } from "../support/process-harness.ts";

let harness: ProcessHarness;
beforeEach(async () => {
  harness = await makeProcessHarness();
});
afterEach(() => harness.close());

const killGateway = async (): Promise<void> => void process.kill((await harness.target.observe()).gatewayPid ?? Number.NaN, "SIGKILL");

describe("the fence", () => {
  test("is known over the death of the gateway", async () => {
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.driver.prepare(harness.release("rel_1"), 41);
    await killGateway();
    await expect(harness.driver.stop("rel_1", 40)).rejects.toMatchObject({ code: "lease_lost" });
    expect(await harness.target.observe()).toMatchObject({ fence: 41, releases: [{ releaseId: "rel_1", status: "running" }] });
    await harness.driver.stop("rel_1", 41);
  });

  test("only says who may drive: everybody may look", async () => {
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.driver.prepare(harness.release("rel_1"), 41);
    expect(await harness.target.check("rel_1")).toMatchObject({ status: "running" });
  });
});

describe("environments of earlier versions", () => {
  test("a state without fences is taken up, and the application with it", async () => {
    const first = await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    await killGateway();
    const file = join(harness.directory, "gateway-state.json");
    const { fence: _fence, releases, ...rest } = JSON.parse(await readFile(file, "utf8")) as { fence: number; releases: Record<string, unknown>[] };
    await writeFile(file, JSON.stringify({ ...rest, releases: releases.map(({ restarts: _restarts, ...release }) => release) }));
    expect(await harness.target.observe()).toMatchObject({ fence: 0, activeReleaseId: "rel_1", releases: [{ pid: first.pid, restarts: 0 }] });
    await bringUp(heldTarget(harness.driver, 7), harness.release("rel_2"));
    expect(await harness.target.observe()).toMatchObject({ fence: 7 });
  });

  test.each([
    { unknown: "fences, liveness and sandboxes", lacks: ["fence", "liveness", "sandbox"] },
    { unknown: "sandboxes", lacks: ["sandbox"] },
  ] as const)("a gateway that still runs and knows no $unknown is driven as before", async ({ lacks }) => {
    await bringUp(harness.target, harness.release("rel_1"));
    await harness.target.switch("rel_1", 5);
    const former = await disguise(harness.directory, lacks);
    try {
      const next = { ...harness.release("rel_2"), liveness: { intervalSeconds: 1, timeoutSeconds: 1, failures: 3, startSeconds: 1 } };
      const target = heldTarget(harness.driver, 7);
      await bringUp(target, next);
      await target.switch("rel_2", 5);
      await target.stop("rel_1");
      expect(await (await fetch(await urlOf(target))).text()).toBe("rel_2");
      for (const word of lacks) expect(await target.observe()).not.toHaveProperty(word);
    } finally {
      await new Promise((resolve) => former.close(resolve));
      await rename(join(harness.directory, "former.sock"), join(harness.directory, "control.sock"));
    }
  });
});

/** Puts itself before a gateway's control socket and speaks as an earlier version did: strictly, and without the words that came later. */
async function disguise(directory: string, lacks: readonly string[]): Promise<Server> {
  const [socket, former] = [join(directory, "control.sock"), join(directory, "former.sock")];
  await rename(socket, former);
  const server = createServer(async (asked, answer) => {
    const body = JSON.parse(await text(asked)) as { readonly fence?: number; readonly release?: object };
    const known = ["/observe", "/check", "/start", "/switch", "/stop", "/shutdown", ...(lacks.includes("fence") ? [] : ["/claim"])].includes(asked.url ?? "");
    if (!known || lacks.some((word) => word in body || word in (body.release ?? {}))) {
      answer.writeHead(400).end(JSON.stringify({ problems: [{ code: "gateway_request_invalid", message: "Unrecognized key", hint: "" }] }));
      return;
    }
    const drives = ["/start", "/switch", "/stop"].includes(asked.url ?? "");
    const { status, value } = await ask(former, asked.url ?? "", drives ? { ...body, fence: body.fence ?? 1 } : body);
    const older = Object.fromEntries(Object.entries(value).filter(([word]) => !lacks.includes(word)));
    answer.writeHead(status).end(JSON.stringify(older));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}

function ask(socketPath: string, path: string, body: unknown): Promise<{ readonly status: number; readonly value: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: "POST", agent: false }, (response) => {
      void text(response).then((answer) => resolve({ status: response.statusCode ?? 0, value: JSON.parse(answer) as Record<string, unknown> }), reject);
    });
    sent.once("error", reject);
    sent.end(JSON.stringify(body));
  });
}
