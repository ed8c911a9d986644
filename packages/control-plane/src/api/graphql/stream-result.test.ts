import type { ExecutionResult } from "graphql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { streamOf } from "./stream-result.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** Tells one result, then what `end` does. */
async function* results(end: () => Promise<void>): AsyncGenerator<ExecutionResult> {
  yield { data: { told: 1 } };
  await end();
}

it.each([
  ["that nobody was given", async (body: ReadableStream) => body.cancel()],
  ["whose reader goes", async (body: ReadableStream) => {
    const reader = body.getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
  }],
])("nothing stays of a stream %s", async (_which, leave) => {
  const { body } = streamOf(results(() => new Promise(() => undefined)), {}, 200);
  if (body !== null) await leave(body);
  expect([body === null, vi.getTimerCount()]).toEqual([false, 0]);
});

it.each([
  ["ends", () => Promise.resolve()],
  ["breaks off", () => Promise.reject(new Error("the database is away"))],
])("nothing stays of a stream that %s", async (_how, end) => {
  await streamOf(results(end), {}, 200).text().catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
});
