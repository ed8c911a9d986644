import { context, createContextKey, isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from "@opentelemetry/api";
import { ModyardError } from "../../errors/problem.ts";
import { idsOfWork, withIds } from "./span-ids.ts";
import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

// Until `startTracing` has registered something that keeps spans, all of this does nothing.
const tracer = () => trace.getTracer("modyard");

/** The span under way as `traceparent`, to be kept with what it asks for; null when there is none. */
export function currentTraceparent(): string | null {
  const span = trace.getSpanContext(context.active());
  return span !== undefined && isSpanContextValid(span) ? formatTraceparent(span) : null;
}

/** Does something in a span of its own, below the one under way. What it throws is told by its code alone. */
export async function inSpan<T>(name: string, attributes: Attributes, action: () => Promise<T>): Promise<T> {
  const span = tracer().startSpan(name, { attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), action);
  } catch (error) {
    failSpan(span, codeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The span of a build or deployment, which more than one process may work at. */
export interface WorkSpan {
  /** What is done in it: spans that begin there are its children. It ends there by `endWorkSpan`. */
  run<T>(action: () => Promise<T>): Promise<T>;
}

const workKey = createContextKey("modyard.work");

/** What the span of a build or deployment is made of. */
export interface Work {
  readonly name: string;
  /** Of the build or deployment in the database. */
  readonly uuid: string;
  /** The span that asked for it. */
  readonly traceparent: string | null;
  readonly startedAt: Date | null;
  readonly attributes: Attributes;
}

/** Goes on with the span of a build or deployment: the same one in each process. */
export function openWorkSpan({ name, uuid, traceparent, startedAt, attributes }: Work): WorkSpan {
  const parent = parseTraceparent(traceparent);
  const around: Context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  const options = { attributes, kind: SpanKind.CONSUMER, ...(startedAt !== null && { startTime: startedAt }) };
  const span = withIds(idsOfWork(uuid), () => tracer().startSpan(name, options, around));
  return { run: (action) => context.with(trace.setSpan(around, span).setValue(workKey, span), action) };
}

/** The build or deployment under way here is over. A process that only leaves it to another tells nothing of it. */
export function endWorkSpan(status: string, code?: string): void {
  const span = context.active().getValue(workKey) as Span | undefined;
  if (span === undefined) return;
  span.setAttribute("modyard.status", status);
  if (code !== undefined) failSpan(span, code);
  span.end();
}

/** The span of a request. */
export interface RequestSpan {
  /** It was answered. */
  end(status: number): void;
}

/** Opens the span of a request, below that of its caller; `next` and all that follows from it runs in it. */
export function openRequestSpan({ name, traceparent, attributes }: { readonly name: string; readonly traceparent: unknown; readonly attributes: Attributes }, next: (span: RequestSpan) => void): void {
  const parent = parseTraceparent(traceparent);
  const around = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  const span = tracer().startSpan(name, { kind: SpanKind.SERVER, attributes }, around);
  const end = (status: number): void => {
    span.setAttribute("http.response.status_code", status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  context.with(trace.setSpan(around, span), next, undefined, { end });
}

/** Adds facts to the span under way. */
export function describeSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

function failSpan(span: Span, code: string): void {
  span.setAttribute("modyard.error.code", code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}

/** The catalogue's code of an error: messages may say what does not belong into a trace. */
function codeOf(error: unknown): string {
  return error instanceof ModyardError ? error.code : "internal";
}
