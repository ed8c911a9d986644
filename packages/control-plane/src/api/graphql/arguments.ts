import type { z } from "zod";
import { ModyardError, problem } from "../../errors/problem.ts";
import { findBadText } from "../plain-text.ts";

/** The arguments of a field, held to the rules of the REST API: its schemas, and no control characters anywhere. */
export function parseArguments<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const bad = [...findBadText(given, [])].slice(0, mostProblems);
  if (bad.length > 0) throw new ModyardError(bad);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ModyardError(
    parsed.error.issues.slice(0, mostProblems).map(({ path, message }) => {
      const place = path.map(String).join(".");
      return problem("request_invalid", place === "" ? message : `${place}: ${message}`, place === "" ? {} : { path: place });
    }),
  );
}

const mostProblems = 20;
