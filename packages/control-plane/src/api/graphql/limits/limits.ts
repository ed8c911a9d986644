import { fail } from "../../../errors/problem.ts";

/** The most that one request may ask for. */
export interface Limits {
  /** Bytes of the request's body. */
  readonly bodyBytes: number;
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Fields that the document writes down, in all its operations and fragments. */
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Operations and fragments. */
  readonly definitions: number;
  /** Fields inside fields, as they are written down. Introspection needs most of it. */
  readonly nesting: number;
  /** Fields inside fields once fragments are put in. */
  readonly depth: number;
  /** Fields once fragments are put in. */
  readonly breadth: number;
  /** What the operation may cost: one for each field, times the number of rows that a list may have. */
  readonly cost: number;
  /** How long an answer may take. Subscriptions may last. */
  readonly milliseconds: number;
}

/** The admin page's largest query takes a fifth of these. */
export const usualLimits: Limits = {
  bodyBytes: 256 * 1024,
  tokens: 2_000,
  fields: 400,
  aliases: 30,
  directives: 20,
  definitions: 20,
  nesting: 16,
  depth: 12,
  breadth: 500,
  cost: 20_000,
  milliseconds: 30_000,
};

/** The most rows that a list gives at once. */
export const largestPage = 200;

/** Refuses what goes beyond a limit: says which, how much it allows, and how much it was. */
export function hold(limits: Limits, limit: keyof Limits, found: number, what: string): void {
  const most = limits[limit];
  if (found > most) fail("graphql_limit", `${what}: ${found}, and at most ${most} are allowed`, { details: { limit, most, found } });
}
