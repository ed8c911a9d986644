import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ConnectionError } from "./api-error.ts";
import { openEvents, type StreamOptions } from "./event-stream.ts";

let server: Server;
afterEach(() => server.close());

/** A server that says these things and then no more, without closing. */
async function serve(texts: readonly string[]): Promise<string> {
  server = createServer((_request, response) => {
    if (texts.length > 0) response.writeHead(200, { "content-type": "text/event-stream" });
    for (const text of texts) response.write(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readAll(url: string, options: Partial<StreamOptions>): Promise<readonly string[]> {
  const events: string[] = [];
  try {
    for await (const { data } of openEvents({ url }, "/events", { after: "0", signal: new AbortController().signal, ...options })) events.push(data);
  } catch (error) {
    events.push(error instanceof ConnectionError ? error.message.replace(url, "it") : String(error));
  }
  server.closeAllConnections();
  return events;
}

describe("openEvents", () => {
  it("takes a connection for lost from which nothing comes any more", async () => {
    expect(await readAll(await serve(["data: one\n\n", ": still here\n\n"]), { silenceMs: 3_000 })).toEqual(["one", "the connection to it went silent"]);
  });

  it("takes a server for lost that accepts and never answers", async () => {
    expect(await readAll(await serve([]), { silenceMs: 200 })).toEqual(["the connection to it went silent"]);
  });

  it("ends as the reader's signal says, not as silence", async () => {
    const ending = new AbortController();
    const url = await serve([": still here\n\n"]);
    expect(await readAll(url, { silenceMs: 60_000, signal: ending.signal, heard: () => setTimeout(() => ending.abort(new Error("enough"))) })).toEqual(["Error: enough"]);
  });

  it("leaves a reader alone who takes long over an event", async () => {
    const url = await serve(["data: one\n\ndata: two\n\nevent: end\ndata: {}\n\n"]);
    const events: string[] = [];
    for await (const { event, data } of openEvents({ url }, "/events", { after: "0", signal: new AbortController().signal, silenceMs: 1_000 })) {
      events.push(data);
      if (event === "end") break;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    }
    expect(events).toEqual(["one", "two", "{}"]);
    server.closeAllConnections();
  });
});
