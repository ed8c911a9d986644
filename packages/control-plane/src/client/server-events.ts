/** One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** A stream that ends without the server's own `end` was cut: the reader connects again and resumes. */
export const endEvent = "end";

/** The events of a response's body. The stream's end in the midst of an event drops that event, as the standard has it. */
export async function* readServerEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let block: string[] = [];
  for await (const line of linesOf(body)) {
    if (line !== "") {
      block.push(line);
      continue;
    }
    const event = parseEvent(block);
    block = [];
    if (event !== undefined) yield event;
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** An event from its lines; undefined when they are comments or carry no data. */
function parseEvent(lines: readonly string[]): ServerSentEvent | undefined {
  const values = (name: string): readonly string[] => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  const data = values("data");
  return data.length === 0 ? undefined : { id: values("id").at(-1), event: values("event").at(-1) ?? "message", data: data.join("\n") };
}
