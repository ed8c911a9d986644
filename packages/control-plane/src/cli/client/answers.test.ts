import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { ModyardError } from "../../errors/problem.ts";
import type { CliContext } from "../command.ts";
import { terminalOf } from "../terminal.ts";
import { act } from "./act.ts";
import { openSession, type Session } from "./session.ts";
import { readStream } from "./stream.ts";

/** A session with something that answers as it likes. */
async function withSession<T>(listener: RequestListener, run: (session: Session) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const context: CliContext = { terminal: terminalOf(process, {}), env: { MODYARD_TOKEN: "mya_x" }, cwd: "/", exitCode: 0 };
  try {
    return await run(await openSession(context, { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, json: true }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The problem that a question ends with. */
function problemOf(listener: RequestListener): Promise<unknown> {
  return withSession(listener, ({ api }) => api.listBuilds().then(() => "none", ({ problems }: ModyardError) => problems[0]));
}

function refusing(status: number, code: string): RequestListener {
  const body = { type: "t", title: "t", status, detail: "No", code, hint: "As it is", request_id: "r", problems: [{ code, message: "No", hint: "As it is", location: { file: "modules.toml", line: 3 } }] };
  return (_, response) => void response.writeHead(status, { "content-type": "application/problem+json" }).end(JSON.stringify(body));
}

describe("what a server answers, as an error of the catalogue", () => {
  it("keeps the server's own words, and a problem's place", async () => {
    expect(await problemOf(refusing(409, "plan_stale"))).toEqual({ code: "plan_stale", message: "No", hint: "As it is", location: { file: "modules.toml", line: 3 } });
  });

  it("says how to give a token where one is missing, and takes a code that only a newer server has for internal", async () => {
    expect(await problemOf(refusing(401, "unauthenticated"))).toMatchObject({ code: "unauthenticated", hint: expect.stringContaining("MODYARD_TOKEN") as string });
    expect(await problemOf(refusing(409, "of_a_newer_server"))).toMatchObject({ code: "internal", message: "No" });
  });

  it.each([
    ["a proxy whose server is away", 502, "server_unreachable"],
    ["another program", 404, "server_not_understood"],
    ["a page", 200, "server_not_understood"],
  ])("%s", async (_who, status, code) => {
    expect(await problemOf((_, response) => void response.writeHead(status, { "content-type": "text/html" }).end("<h1>Hello</h1>"))).toMatchObject({ code });
  });

  it("a connection that is cut", async () => {
    expect(await problemOf((request) => void request.socket.destroy())).toMatchObject({ code: "server_unreachable", message: expect.stringMatching(/^the server http:\S+ cannot be reached: ./) as string });
  });
});

const nonsense: RequestListener = (_, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end("id: 1\nevent: line\ndata: {nonsense\n\n");

it("takes an event that is none of Modyard's for another program's", async () => {
  const { readLogLine } = await import("../../client/read-answer.ts");
  const reading = withSession(nonsense, (session) => readStream(session, "/admin/builds/bld_1/logs", 0, new AbortController().signal, ({ data }) => void readLogLine(data)));
  await expect(reading).rejects.toMatchObject({ problems: [{ code: "server_not_understood" }] });
});

describe("Idempotency-Keys", () => {
  const resent = '{"resent":1}';

  it("are the same when a lost answer is asked for again", async () => {
    const keys: unknown[] = [];
    const listener: RequestListener = (request, response) => {
      keys.push(request.headers["idempotency-key"]);
      if (keys.length === 1) request.socket.destroy();
      else response.writeHead(202, { "content-type": "application/json" }).end(resent);
    };
    await withSession(listener, (session) => act(session, (headers) => session.api.resendDeadWebhookDeliveries({ path: { id: "whk_1" }, body: {}, headers })));
    expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), keys[0]]);
  });

  it("are each POST's own, and no other request's", async () => {
    const asked: unknown[] = [];
    const listener: RequestListener = (request, response) => {
      asked.push([request.method, request.headers["idempotency-key"], request.headers["content-type"], request.headers.authorization]);
      response.writeHead(202, { "content-type": "application/json" }).end(request.method === "POST" ? resent : '{"builds":[],"next_cursor":null}');
    };
    await withSession(listener, async ({ api }) => {
      for (const id of ["whk_1", "whk_2"]) await api.resendDeadWebhookDeliveries({ path: { id }, body: {} });
      await api.listBuilds();
    });
    const key = expect.stringMatching(/^[\da-f-]{36}$/) as string;
    expect(asked).toEqual([["POST", key, "application/json", "Bearer mya_x"], ["POST", key, "application/json", "Bearer mya_x"], ["GET", undefined, undefined, "Bearer mya_x"]]);
    expect(new Set(asked.map((each) => (each as readonly unknown[])[1])).size).toBe(3);
  });
});
