import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { smoke, type SmokeRequest } from "./smoke.ts";
import type { ObservedRelease } from "./targets/target.ts";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

async function application(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const blog = { slug: "blog", name: "Blog", version: "1.0.0", kind: "optional", status: "ok", dependencies: [] };
const well = { status: "ok", build_id: "bld_1", release_id: "rel_1", modules: [blog] };

function requestTo(address: string, more: Partial<SmokeRequest> = {}): SmokeRequest {
  const expected = { buildId: "bld_1", modules: [{ slug: "blog", version: "1.0.0" }] };
  return { address, healthPath: "/health", modulesHealthPath: "/health/modules", expected, timeoutSeconds: 20, ...more };
}

const observed = (facts: Partial<ObservedRelease>): ObservedRelease => ({ releaseId: "rel_1", status: "running", restarts: 0, lastLines: ["last words"], ...facts });

describe("smoke", () => {
  test("waits until the application is well, then compares", async () => {
    let asked = 0;
    const address = await application((request, response) => {
      response.statusCode = request.url === "/health" && ++asked < 3 ? 503 : 200;
      response.end(JSON.stringify(well));
    });
    expect(await smoke(requestTo(address))).toEqual({ ok: true, value: well });
    expect(asked).toBe(3);
  });

  test("an unwell module is named when the time is over", async () => {
    const unwell = { ...well, status: "unwell", modules: [{ ...blog, status: "unwell", message: "no index" }] };
    const address = await application((_request, response) => response.writeHead(503).end(JSON.stringify(unwell)));
    // Time for one answer, also on a busy machine.
    expect(await smoke(requestTo(address, { timeoutSeconds: 2 }))).toMatchObject({
      ok: false,
      problems: [{ code: "application_start_timed_out" }, { code: "smoke_failed", module: "blog", message: 'module "blog" is unwell: no index' }],
    });
  });

  test("an application that accepts and never answers is a time-out, with its last lines", async () => {
    const address = await application(() => undefined);
    const outcome = await smoke(requestTo(address, { timeoutSeconds: 0.3, observe: () => Promise.resolve(observed({})) }));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: "application_start_timed_out", details: { last_lines: ["last words"] } }] });
  });

  test("a module that never finishes starting is named", async () => {
    const lastLines = ["[modyard] starting on port 1", 'module "search" is still starting after 5 s'];
    const outcome = await smoke(requestTo("http://127.0.0.1:9", { timeoutSeconds: 0.2, observe: () => Promise.resolve(observed({ status: "starting", lastLines })) }));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: "application_start_timed_out", module: "search", message: expect.stringContaining("still starting after 5 s") }] });
  });

  test("an exit is told at once and names the module of this start, not of an earlier one", async () => {
    const lastLines = ["[modyard] starting on port 1", 'module "old" failed to start: x', "[modyard] starting on port 2", 'module "forum" failed to start: no database'];
    const observe = (): Promise<ObservedRelease> => Promise.resolve(observed({ status: "failed", exit: { code: 1, signal: null }, lastLines }));
    expect(await smoke(requestTo("http://127.0.0.1:9", { timeoutSeconds: 3600, observe }))).toMatchObject({
      ok: false,
      problems: [{ code: "application_exited", module: "forum", message: 'the application ended with code 1: module "forum" failed to start: no database' }],
    });
  });

  test.each([
    ["a page", "<html>", 200],
    ["another shape", '{"status":"ok"}', 200],
    ["nothing", "", 404],
  ])("a report that is %s is refused", async (_what, body, status) => {
    const address = await application((request, response) => (request.url === "/health" ? response.end() : response.writeHead(status).end(body)));
    expect(await smoke(requestTo(address))).toMatchObject({ ok: false, problems: [{ code: "smoke_failed" }] });
  });

  test("a report with status 503 is refused even when it names all modules", async () => {
    const address = await application((request, response) => response.writeHead(request.url === "/health" ? 200 : 503).end(JSON.stringify(well)));
    expect(await smoke(requestTo(address))).toMatchObject({ ok: false, problems: [{ code: "smoke_failed" }] });
  });

  test("stops when it is told to", async () => {
    const address = await application(() => undefined);
    const controller = new AbortController();
    const running = smoke(requestTo(address, { timeoutSeconds: 3600, signal: controller.signal }));
    controller.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
  });
});
