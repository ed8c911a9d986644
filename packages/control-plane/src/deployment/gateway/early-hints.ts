import type { ServerResponse } from "node:http";

/**
 * Passes the links of `103 Early Hints` on, from raw headers, to a client that can take them: they are advice, so what Node does not
 * recognize as a link is left out.
 */
export function passHints(response: ServerResponse, raw: readonly (Buffer | string)[]): void {
  if (response.req.httpVersion !== "1.1") return;
  const texts = raw.map((part) => part.toString("latin1"));
  const link = texts.filter((_, index) => index % 2 === 1 && texts[index - 1]?.toLowerCase() === "link").flatMap((value) => value.split(/,\s*(?=<)/));
  try {
    response.writeEarlyHints({ link });
  } catch {
    // The answer itself is still to come.
  }
}
