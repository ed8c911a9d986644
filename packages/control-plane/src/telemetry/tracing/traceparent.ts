import { isSpanContextValid, type SpanContext } from "@opentelemetry/api";

const pattern = /^[0-9a-f]{2}-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;

/** Reads W3C's `traceparent`; undefined when it is none. */
export function parseTraceparent(text: unknown): SpanContext | undefined {
  const groups = typeof text === "string" && !text.startsWith("ff") ? pattern.exec(text)?.groups : undefined;
  const { traceId = "", spanId = "", flags = "" } = groups ?? {};
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(span) ? span : undefined;
}

/** Writes one. */
export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, "0")}`;
}
