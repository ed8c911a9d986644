import type { IncomingMessage } from "node:http";
import { problem, type ModuleResponse } from "../routes.ts";

/** A body as a module's route gets it, or the answer that refuses it. */
export type ReadBody = { readonly body: unknown } | { readonly refusal: ModuleResponse };

const refuse = (status: number, code: string, title: string, detail: string): ReadBody => ({ refusal: problem(status, code, title, detail) });

/**
 * The body of a request: what a framework's own parser left in `request.body`, else JSON or text of at most `limit` bytes.
 * Undefined where there is none.
 */
export async function readBody(request: IncomingMessage & { readonly body?: unknown }, limit: number): Promise<ReadBody> {
  if (request.body !== undefined || request.readableEnded || !hasBody(request)) return { body: request.body };
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const isJson = /^application\/(?:[\w.-]+\+)?json$/.test(type);
  if (!isJson && type !== "text/plain") return refuse(415, "BODY_TYPE_UNKNOWN", "Unsupported media type", "A body is JSON or plain text.");
  const text = await readText(request, limit);
  if (text === undefined) return refuse(413, "BODY_TOO_LARGE", "Too large", `A body has at most ${String(limit)} bytes.`);
  return isJson ? parseJson(text) : { body: text };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Undefined: too long. What is too long is read to its end and not kept, so that the client hears the answer. */
async function readText(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks).toString("utf8");
}

/** A key `__proto__` is refused: whoever copies the value would change what all objects have. */
function parseJson(text: string): ReadBody {
  try {
    if (text.includes('"__proto__"')) throw new SyntaxError("a key is named __proto__");
    return { body: JSON.parse(text) as unknown };
  } catch (error) {
    return refuse(400, "BODY_INVALID", "Bad request", `The body is no JSON: ${(error as Error).message}`);
  }
}
