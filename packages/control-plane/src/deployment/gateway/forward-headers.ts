import type { IncomingMessage } from "node:http";
import { isOurs, withoutOurCookies } from "./foreign-cookies.ts";

/** Headers that speak of one connection and are not passed on (RFC 9110 §7.6.1), and `expect`, which the gateway answers itself. */
const hopByHop = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What a client may not have removed by naming it in `Connection`. */
const neverNominated = new Set(["host", "content-length"]);

const forwarded = new Set(["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"]);

/** What else proxies tell of a client: who it is, where it came from. Applications believe it, since only a proxy can have said it. */
const saidByProxies = /^(?:forwarded|x-real-ip|x-forwarded-.+)$/;

/** The request's end-to-end headers as name, value, name, value, with the gateway's `X-Forwarded-*` and without cookies of the control plane. */
export function requestHeaders(request: IncomingMessage): string[] {
  const nominated = nominatedBy(request.headers.connection);
  const isForged = forgedBy(request);
  const headers: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? "";
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || forwarded.has(lower) || nominated?.has(lower) === true || isForged(lower)) continue;
    const value = request.rawHeaders[index + 1] ?? "";
    const kept = lower === "cookie" ? withoutOurCookies(value) : value;
    if (kept !== undefined) headers.push(name, kept);
  }
  for (const [name, value] of forwardedHeaders(request)) headers.push(name, value);
  return headers;
}

/** Tells by its name, in lower case, whether a header claims what only a proxy on this machine may say. */
export function forgedBy(request: IncomingMessage): (name: string) => boolean {
  const trusted = isLoopback(request.socket.remoteAddress ?? "");
  return (name) => !trusted && saidByProxies.test(name);
}

/**
 * The response's end-to-end headers, from the raw buffers, as name, value, name, value. No application signs anybody in to the control plane.
 * `Trailer` stays only where trailers can be sent (`mayTrail`): it is a promise.
 */
export function responseHeaders(raw: readonly (Buffer | string)[], mayTrail = true): string[] {
  const texts = raw.map((part) => (typeof part === "string" ? part : part.toString("latin1")));
  const nominated = nominatedBy(valuesOf(texts, "connection"));
  const headers: string[] = [];
  for (let index = 0; index + 1 < texts.length; index += 2) {
    const name = texts[index] ?? "";
    const lower = name.toLowerCase();
    if (lower === "set-cookie" && isOurs(texts[index + 1] ?? "")) continue;
    if ((lower === "trailer" && mayTrail) || (!hopByHop.has(lower) && nominated?.has(lower) !== true)) headers.push(name, texts[index + 1] ?? "");
  }
  return headers;
}

/**
 * Who asked, and how. What the client says of itself is believed only when it is on this machine:
 * then it is a proxy (for TLS) in front of the gateway, and otherwise it might be lying.
 */
export function forwardedHeaders(request: IncomingMessage): readonly (readonly [string, string])[] {
  const peer = request.socket.remoteAddress ?? "";
  const trusted = isLoopback(peer);
  const said = (name: string): string | undefined => (trusted ? request.headers[name]?.toString() : undefined);
  const chain = said("x-forwarded-for");
  const host = said("x-forwarded-host") ?? request.headers.host;
  const port = said("x-forwarded-port");
  return [
    ["x-forwarded-for", chain === undefined ? peer : `${chain}, ${peer}`],
    ["x-forwarded-proto", said("x-forwarded-proto") ?? "http"],
    ...(host === undefined ? [] : [["x-forwarded-host", host] as const]),
    ["x-forwarded-port", port ?? String(request.socket.localPort ?? "")],
  ];
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

function nominatedBy(connection: string | undefined): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return undefined;
  const names = connection.toLowerCase().split(",").map((name) => name.trim());
  return new Set(names.filter((name) => !neverNominated.has(name)));
}

function valuesOf(headers: readonly string[], wanted: string): string | undefined {
  const values = headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === wanted);
  return values.length === 0 ? undefined : values.join(",");
}
