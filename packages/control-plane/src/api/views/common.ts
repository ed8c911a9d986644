import { z } from "zod";
import { fail } from "../../errors/problem.ts";

/** Any JSON value: facts whose shape depends on the case. */
export const json: z.ZodType<unknown> = z.unknown();

/** ISO 8601, or null while it has not happened. */
export const dateView = z.string().nullable();

export const deltaView = z.object({
  added: z.array(z.object({ slug: z.string(), version: z.string() })),
  removed: z.array(z.object({ slug: z.string(), version: z.string() })),
  changed: z.array(z.object({ slug: z.string(), from: z.string(), to: z.string(), keys: z.array(z.string()).optional() })),
}).meta({ id: "ModulesDelta" });

export const problemView = z
  .object({ code: z.string(), message: z.string(), hint: z.string(), module: z.string().optional(), path: z.string().optional() })
  .catchall(json)
  .meta({ id: "Problem" });

export const failureView = z.object({
  problems: z.array(problemView),
  step: z.string(),
  excerpt: z.array(z.string()),
  deterministic: z.boolean(),
}).meta({ id: "Failure" });

/** The body of every error answer (RFC 9457). */
export const problemDetailsView = z
  .object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string(), code: z.string(), hint: z.string(), request_id: z.string(), problems: z.array(problemView) })
  .catchall(json)
  .meta({ id: "ProblemDetails" });

/** Query of a list: newest first, `cursor` is the last page's `next_cursor`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};

/** The same for what is seldom long enough for a second page. */
export const wholeQuery = z.object({ ...pageQuery, limit: pageQuery.limit.default(200) });

/** Refuses a cursor that no page gave: the first page again would let a reader go round in circles. */
export function unknownCursor(cursor: string): never {
  return fail("request_invalid", `cursor: ${JSON.stringify(cursor)} is not a cursor of this list`, { path: "cursor", hint: "Give the `next_cursor` of the page before, or none." });
}

/** Actor and reason as a request may state them. No control characters: they end in commits and logs. */
export const personText = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u, "no control characters");
export const reasonText = z
  .string()
  .max(1_000)
  .regex(/^[^\p{Cc}]*$/u, "one line without control characters");

/** The body of what is only asked with a reason: it may be left out. */
export const reasonBody = z.strictObject({ reason: reasonText.default("") }).nullish();
