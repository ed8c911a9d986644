import { array, assert, asyncProperty, integer } from "fast-check";
import { describe, expect, it } from "vitest";
import { readServerEvents, type ServerSentEvent } from "./server-events.ts";

async function* cutInto(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const end = start + (sizes[index % sizes.length] ?? 1);
    yield bytes.slice(start, end);
    start = end;
  }
}

async function eventsOf(text: string, sizes: readonly number[] = [text.length + 1]): Promise<readonly ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerEvents(cutInto(text, sizes))) events.push(event);
  return events;
}

describe("readServerEvents", () => {
  it("reads id, event and data, and passes over comments and settings", async () => {
    expect(await eventsOf('retry: 1000\n\n: still here\n\nid: 7\nevent: line\ndata: {"a":1}\n\nevent: end\ndata: {}\n\n')).toEqual([
      { id: "7", event: "line", data: '{"a":1}' },
      { id: undefined, event: "end", data: "{}" },
    ]);
  });

  it("drops an event that the end of the stream cuts", async () => {
    expect(await eventsOf("id: 1\ndata: a\n\nid: 2\ndata: b\n")).toEqual([{ id: "1", event: "message", data: "a" }]);
  });

  it("gives the same events however the bytes arrive", async () => {
    const text = "id: 1\r\ndata: ä…🙂\r\n\r\nid: 2\nevent: line\ndata: one\ndata: two\n\n";
    const whole = await eventsOf(text);
    expect(whole.map((event) => event.data)).toEqual(["ä…🙂", "one\ntwo"]);
    await assert(asyncProperty(array(integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
      expect(await eventsOf(text, sizes)).toEqual(whole);
    }));
  });
});
