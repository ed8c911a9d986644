import type { FastifyRequest } from "fastify";
import { redact } from "../telemetry/redact.ts";

/** More than this of one request is not kept, in characters of JSON. */
const most = 32_000;
/** As the last words of a name, however it is written. */
const secretNames = /(?:^|_)(?:passwords?|passphrase|secrets?|tokens?|credentials?|authorization|cookies?|code|verifier|otp|(?:private|api|signing)_key)$/;
const inAddresses = /([?&][^=&?#\s]*=)[^&#\s]+/g;
/** Longer texts are told by their length: nothing that they might hide is looked for in them. */
const longest = 2_000;
const removed = "***";

/** What a request asks for, as the journal keeps it: its operation and input, without secrets. */
export function askedOf(request: Pick<FastifyRequest, "method" | "routeOptions" | "params" | "query" | "body">): Readonly<Record<string, unknown>> {
  const { method, routeOptions: { url, schema }, params, query, body } = request;
  const { operationId } = (schema ?? {}) as { readonly operationId?: string };
  const operation = operationId ?? `${method} ${url ?? ""}`;
  const length = JSON.stringify(body ?? null).length;
  return { operation, ...some({ params, query }), ...(length <= most ? some({ body }) : { body: `${removed} (${length} characters)` }) };
}

/** What there is of them, without secrets. */
function some(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const there = Object.entries(parts).filter(([, value]) => typeof value === "object" && value !== null && Object.keys(value).length > 0);
  return Object.fromEntries(there.map(([name, value]) => [name, withoutSecrets(value)]));
}

/** The value with what looks like a secret by its name or by itself taken out. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return value.length > longest ? `${removed} (${value.length} characters)` : redact(value).replaceAll(inAddresses, `$1${removed}`);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isSecret(name) && each !== null ? removed : withoutSecrets(each)]));
}

function isSecret(name: string): boolean {
  return secretNames.test(name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, "_$&").replaceAll("-", "_").toLowerCase());
}
