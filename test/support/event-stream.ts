/** One server-sent event as it came over the wire. */
export interface StreamedEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** Reads events of a stream until `enough` says so or it ends; the connection is cut then, in the middle of whatever comes. */
export async function readEvents(response: Response, enough: (events: readonly StreamedEvent[]) => boolean = () => false): Promise<readonly StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    events.push(...blocks.flatMap(parseEvent));
    // Leaving the loop cancels the body.
    if (enough(events)) break;
  }
  return events;
}

function parseEvent(block: string): readonly StreamedEvent[] {
  const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const));
  const data = fields.get("data");
  // Comments and `retry:` are no events.
  return data === undefined ? [] : [{ id: fields.get("id"), event: fields.get("event"), data: JSON.parse(data) }];
}
