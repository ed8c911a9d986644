import { z } from "zod";
import type { ErrorCode } from "../../errors/catalogue.ts";
import type { TomlDocument } from "../toml/document.ts";
import { formatPath, valueAt, type KeyPath } from "../toml/key-path.ts";
import { quote, type RuleParams } from "./rule.ts";
import type { Report } from "./report.ts";

type Issue = z.core.$ZodIssue;

/** Reports everything in which the document's shape differs from the schema; the parsed value when nothing does. */
export function checkShape<T extends z.ZodType>(schema: T, document: TomlDocument, report: Report): z.output<T> | undefined {
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) reportIssue(issue, [], { schema, document, report });
  return undefined;
}

interface Context {
  readonly schema: z.ZodType;
  readonly document: TomlDocument;
  readonly report: Report;
}

function reportIssue(issue: Issue, parent: KeyPath, context: Context): void {
  const path: KeyPath = [...parent, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
  const value = valueAt(context.document.value, path);
  if (issue.code === "unrecognized_keys") return reportUnknownKeys(issue.keys, path, context);
  if (value === undefined) return reportMissing(issue, path, context);
  switch (issue.code) {
    case "invalid_type":
      return context.report.add("wrong_type", path, `${named(path)} is ${describe(value)} and must be ${typeName(issue.expected)}.`, { hint: `Write ${typeName(issue.expected)}.` });
    case "invalid_value":
      return context.report.add(formatPath(path) === "schema" ? "schema_unsupported" : "invalid_value", path, `${named(path)} is ${show(value)}.`, { hint: oneOf(issue.values) });
    case "invalid_union":
      return reportUnion(issue, path, context);
    case "custom":
      return reportRule(issue, path, context, "value");
    case "invalid_key":
      for (const inner of issue.issues) if (inner.code === "custom") reportRule(inner, path, context, "key");
      return;
    default:
      return context.report.add("invalid_value", path, `${named(path)}: ${issue.message}.`);
  }
}

function reportUnknownKeys(keys: readonly string[], parent: KeyPath, context: Context): void {
  const known = knownKeys(context.schema, parent);
  for (const key of keys) {
    const near = context.report.near(key, known);
    const all = known.length === 0 ? "Remove it." : `Known keys here: ${known.join(", ")}.`;
    const hint = near === undefined ? `Remove it. ${all}` : `Did you mean \`${near}\`?`;
    context.report.add("unknown_key", [...parent, key], `Unknown key ${quote(key)}${parent.length === 0 ? "" : ` in ${formatPath(parent)}`}.`, { hint, at: "key" });
  }
}

function reportMissing(issue: Issue, path: KeyPath, context: Context): void {
  const what = issue.code === "invalid_type" ? typeName(issue.expected) : issue.code === "invalid_value" ? oneOf(issue.values) : "a value";
  const key = path.at(-1);
  const where = path.length > 1 ? ` in ${formatPath(path.slice(0, -1))}` : "";
  const hint = what === "a table" ? `Add the table [${formatPath(path)}].` : `Add \`${String(key)} = …\` (${what.replace(/^Write /, "").replace(/\.$/, "")}).`;
  context.report.add("missing_key", path, `The key \`${String(key)}\` is missing${where}.`, { hint, at: "key" });
}

/** Of several allowed forms the one that was meant is the one whose type fits; its issues are the helpful ones. */
function reportUnion(issue: Extract<Issue, { code: "invalid_union" }>, path: KeyPath, context: Context): void {
  const meant = issue.errors.find((branch) => branch.every((inner) => inner.path.length > 0 || (inner.code !== "invalid_type" && inner.code !== "invalid_value")));
  if (meant !== undefined) {
    for (const inner of meant) reportIssue(inner, path, context);
    return;
  }
  const forms = issue.errors.flat().map((inner) => (inner.code === "invalid_type" ? typeName(inner.expected) : inner.code === "invalid_value" ? inner.values.map(show).join(", ") : ""));
  const wanted = [...new Set(forms.filter((form) => form !== ""))].join(" or ");
  context.report.add("wrong_type", path, `${named(path)} is ${describe(valueAt(context.document.value, path))} and must be ${wanted}.`, { hint: `Write ${wanted}.` });
}

function reportRule(issue: Extract<Issue, { code: "custom" }>, path: KeyPath, context: Context, at: "key" | "value"): void {
  const params = issue.params as Partial<RuleParams> | undefined;
  const code: ErrorCode = params?.code ?? "invalid_value";
  context.report.add(code, path, issue.message, params?.hint === undefined ? { at } : { hint: params.hint, at });
}

/** The keys that the schema knows at a path; through records, arrays, options and unions. */
function knownKeys(schema: z.ZodType, path: KeyPath): readonly string[] {
  return [...new Set(schemasAt(schema, path).flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : [])))];
}

function schemasAt(schema: z.ZodType, path: KeyPath): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return schemasAt(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => schemasAt(option as z.ZodType, path));
  const [step, ...rest] = path;
  if (step === undefined) return [schema];
  if (schema instanceof z.ZodObject) {
    const child: unknown = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
    return child instanceof z.ZodType ? schemasAt(child, rest) : [];
  }
  if (schema instanceof z.ZodRecord) return schemasAt(schema.valueType as z.ZodType, rest);
  if (schema instanceof z.ZodArray) return schemasAt(schema.element as z.ZodType, rest);
  return [];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string", number: "a number", int: "an integer", boolean: "true or false", array: "an array", object: "a table", record: "a table",
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function named(path: KeyPath): string {
  return path.length === 0 ? "The document" : `\`${formatPath(path)}\``;
}

/** What kind of TOML value this is, in words. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "symbol") return "a date or time";
  if (typeof value === "object") return "a table";
  if (typeof value === "string") return `the string ${quote(value)}`;
  return show(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? quote(value) : typeof value === "object" || typeof value === "symbol" ? describe(value) : String(value);
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `Write ${show(values[0])}.` : `Write one of ${values.map(show).join(", ")}.`;
}
