import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logView } from "../../packages/control-plane/src/api/views/log.ts";
import { TestControlPlane } from "../support/control-plane.ts";
import { readEvents, type StreamedEvent } from "../support/event-stream.ts";
import { hostGit } from "../support/host-git.ts";

const secret = `npm_${"Ab1".repeat(12)}`;
const noisyLines = 3_000;

let plane: TestControlPlane;
let build: string;
/** What a reader saw who was there from the beginning. */
let live: readonly StreamedEvent[];
beforeAll(async () => {
  plane = await TestControlPlane.open({ prepareHost: makeNoisy });
  build = (await plane.api.requestBuild({ install: ["forum"], requested_by: "ada", reason: "logs" })).build_id;
  live = await readEvents(await stream());
});
afterAll(() => plane?.close());

/** The host's own build prints a lot, in colours, and what it should not. */
async function makeNoisy(directory: string): Promise<void> {
  const file = join(directory, "scripts/build.js");
  const noise = `
    for (let line = 1; line <= ${noisyLines}; line += 1) console.log("noise", line);
    console.log("\\u001b[31mred\\u001b[39m");
    console.error("//registry.example/:_authToken=${secret} https://ada:hunter22@registry.example/");`;
  await writeFile(file, `${await readFile(file, "utf8")}\n${noise}\n`);
  await hostGit(directory, "commit", "--quiet", "--all", "--message", "Noisy build");
}

const stream = (headers: Readonly<Record<string, string>> = {}) => plane.api.raw("GET", `/builds/${build}/logs`, undefined, { accept: "text/event-stream", ...headers });
const numbers = (events: readonly StreamedEvent[]) => events.filter(({ event }) => event === "line").map(({ id }) => Number(id));

test("who follows from the beginning gets every line once, in order, and is told the end", async () => {
  expect((await plane.api.build(build)).status).toBe("success");
  const lines = await plane.api.log(build);
  expect(lines.length).toBeGreaterThan(noisyLines);
  expect(lines.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  expect(live.slice(0, -1).map(({ data }) => data)).toEqual(lines);
  expect(live.at(-1)).toEqual({ id: undefined, event: "end", data: {} });
});

test("who was cut off resumes with Last-Event-ID and gets exactly the rest", async () => {
  const all = numbers(live);
  for (const seen of [1, 999, 1_000, all.length - 1, all.length]) {
    const rest = await readEvents(await stream({ "last-event-id": String(seen) }));
    expect(numbers(rest)).toEqual(all.slice(seen));
    expect(rest.at(-1)?.event).toBe("end");
  }
});

test("a reader that is cut off in the middle, again and again, misses nothing", async () => {
  const seen: number[] = [];
  for (let part = await readEvents(await stream(), (events) => events.length >= 700); part.some(({ event }) => event === "line"); ) {
    seen.push(...numbers(part));
    part = await readEvents(await stream({ "last-event-id": String(seen.at(-1)) }), (events) => events.length >= 700);
  }
  expect(seen).toEqual(numbers(live));
});

test("pages of JSON are the same log", async () => {
  const lines = [];
  for (let after = 0, complete = false; !complete; ) {
    const page = await plane.api.get(`/builds/${build}/logs?after=${after}&limit=500`, logView);
    lines.push(...page.lines);
    ({ next_after: after, complete } = page);
  }
  expect(lines).toEqual(await plane.api.log(build));
});

test("secrets are taken out before they are stored, colours survive", async () => {
  const text = (await plane.api.log(build)).map((line) => line.text).join("\n");
  expect(text).not.toContain(secret);
  expect(text).not.toContain("hunter22");
  expect(text).toContain("//registry.example/:_authToken=***");
  expect(text).toContain("https://***@registry.example/");
  expect(text).toContain("\u001b[31mred\u001b[39m");
});

test("every line says its step and stream, and the steps come in order", async () => {
  const lines = await plane.api.log(build);
  const steps = [...new Set(lines.map(({ step }) => step))];
  expect(steps).toEqual(["checkout", "render", "resolve", "generate", "compile", "test", "package", "publish", "land"]);
  expect(lines.filter(({ text }) => text.startsWith("noise ")).every(({ step, stream: name }) => step === "compile" && name === "stdout")).toBe(true);
  expect(lines.find(({ text }) => text.includes("_authToken"))?.stream).toBe("stderr");
});

test("the journal's stream resumes too", async () => {
  const events = await plane.api.journal();
  const follow = (after: number) => plane.api.raw("GET", "/events", undefined, { accept: "text/event-stream", "last-event-id": String(after) });
  const first = events[0]?.id ?? 0;
  const rest = await readEvents(await follow(first), (seen) => journalled(seen).length >= events.length - 1);
  expect(journalled(rest).map(({ data }) => data)).toEqual(events.slice(1));
  // What happens while somebody listens comes at once.
  const listening = follow(events.at(-1)?.id ?? 0).then((response) => readEvents(response, (seen) => journalled(seen).length > 0));
  await plane.api.requestBuild({ install: ["forum"], requested_by: "bob", reason: "again" });
  expect(journalled(await listening)).toMatchObject([{ event: "BuildJoined", data: { actor: "admin", reason: "again", details: { requested_by: "bob" } } }]);
});

/** Without the progress of builds that run, which has no id. */
function journalled(events: readonly StreamedEvent[]): readonly StreamedEvent[] {
  return events.filter(({ id }) => id !== undefined);
}
