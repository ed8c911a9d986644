import type { ServerResponse } from "node:http";
import type { ModuleResponse } from "../routes.ts";

/** Sends what a route or a health check answers: text and bytes as they are, everything else as JSON. */
export function send(response: ServerResponse, { status, headers = {}, body }: ModuleResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return void response.end();
  if (!response.hasHeader("content-type")) response.setHeader("content-type", typeOf(body));
  response.end(typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body));
}

function typeOf(body: unknown): string {
  if (typeof body === "string") return "text/plain; charset=utf-8";
  return body instanceof Uint8Array ? "application/octet-stream" : "application/json; charset=utf-8";
}
