import { randomBytes } from "node:crypto";

/** The identifiers of one span. */
export interface SpanIds {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 of them. */
  readonly spanId: string;
}

/**
 * The span of a build or deployment has identifiers that follow from its own, so that every process that works at it names the
 * same span: those that come before as the parent of their steps, and the one that ends it when it tells it.
 */
export function idsOfWork(uuid: string): SpanIds {
  const digits = uuid.replaceAll("-", "").toLowerCase();
  return { traceId: digits, spanId: digits.slice(16) };
}

let next: SpanIds | undefined;

/** Gives the span that `start` begins these identifiers. */
export function withIds<T>(ids: SpanIds, start: () => T): T {
  next = ids;
  try {
    return start();
  } finally {
    next = undefined;
  }
}

/** Makes identifiers of spans: random ones, but for those of builds and deployments. */
export const spanIdGenerator = {
  generateTraceId: (): string => next?.traceId ?? randomBytes(16).toString("hex"),
  generateSpanId: (): string => next?.spanId ?? randomBytes(8).toString("hex"),
};
