import { z } from "zod";
import type { ErrorCode } from "../../errors/catalogue.ts";

/** What one kind of text must look like: the validator, the published schema and the words of the error come from here. */
export interface TextRule {
  readonly code: ErrorCode;
  /** The error's words before the value: `Not a slug`. */
  readonly wrong: string;
  readonly hint: string;
  /** For the published schema, and checked. */
  readonly pattern?: RegExp;
  /** A finer check than a pattern can state: undefined when it is well, or a hint of its own. */
  readonly refuse?: (text: string) => string | boolean;
  readonly description: string;
}

/** Carried by a zod issue to the problem that it becomes. */
export interface RuleParams {
  readonly code: ErrorCode;
  readonly hint: string;
}

/** A zod string that obeys a rule. */
export function text(rule: TextRule) {
  const meta = { description: rule.description, ...(rule.pattern === undefined ? { minLength: 1 } : { pattern: rule.pattern.source }) };
  return z
    .string()
    .superRefine((value, context) => {
      const hint = brokenRule(rule, value);
      if (hint === undefined) return;
      const params: RuleParams = { code: rule.code, hint };
      context.addIssue({ code: "custom", message: `${rule.wrong}: ${quote(value)}.`, params: { ...params } });
    })
    .meta(meta);
}

/** The hint for a text that breaks the rule, or undefined. */
function brokenRule(rule: TextRule, value: string): string | undefined {
  if (rule.pattern !== undefined && !rule.pattern.test(value)) return finer(rule, value) ?? rule.hint;
  return finer(rule, value);
}

function finer(rule: TextRule, value: string): string | undefined {
  const refused = rule.refuse?.(value) ?? false;
  return typeof refused === "string" ? refused : refused ? rule.hint : undefined;
}

/** A value as a message shows it: quoted, escaped, and not longer than a line. */
export function quote(value: string): string {
  const shown = JSON.stringify(value);
  return shown.length <= 120 ? shown : `${shown.slice(0, 117)}…"`;
}
