import { anything, array, boolean, constant, constantFrom, dictionary, double, integer, jsonValue, oneof, option, record, string, tuple, type Arbitrary } from "fast-check";

/** A JSON Schema, as far as our own description uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Text that breaks what is careless: other languages, paths, commands, queries, escapes, numbers that are none, and much of it. */
export const hostileText = oneof(
  constantFrom("", " ", "\u0000", "a\nb", "\u202Eevil", "\uD800", "💥".repeat(60), "../../../etc/passwd", "..%2f..%2f", "'; drop table builds; --", '" or 1=1 --', "$(id)", "`id`", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>", "%00", "%", "-1", "NaN", "1e999", "null", "__proto__", "constructor", "toString", "--upload-pack=x", "refs/heads/..", "x".repeat(5_000)),
  string({ unit: "binary", maxLength: 40 }),
  string({ unit: "grapheme", maxLength: 40 }),
);

/** Values that are mostly not what a schema wants. */
export const hostileValue: Arbitrary<unknown> = oneof(hostileText, constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, 0.1, [], {}, [[[[]]]]), constant(deep(40)), jsonValue(), anything({ maxDepth: 2, withNullPrototype: false }).map((value) => toJson(value)));

function deep(levels: number): unknown {
  return levels === 0 ? "deep" : { a: deep(levels - 1) };
}

function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
}

/** Values of a schema; `known` gives good ones for fields by their names, so that requests get past the first check. */
export function valuesOf(schema: JsonSchema, known: Readonly<Record<string, readonly unknown[]>>, name = ""): Arbitrary<unknown> {
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as readonly JsonSchema[] | undefined;
  if (choices !== undefined) return oneof(...choices.map((each) => valuesOf(each, known, name)));
  const all = schema["allOf"] as readonly JsonSchema[] | undefined;
  if (all !== undefined) return tuple(...all.map((each) => valuesOf(each, known, name))).map((parts) => Object.assign({}, ...parts) as unknown);
  if ("const" in schema) return constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return constantFrom(...(schema["enum"] as readonly unknown[]));
  const types = [schema["type"]].flat() as readonly (string | undefined)[];
  const own = oneof(...types.map((type) => valuesOfType(type, schema, known, name)));
  const good = known[name];
  return good === undefined || good.length === 0 ? own : oneof({ weight: 3, arbitrary: constantFrom(...good) }, { weight: 1, arbitrary: own });
}

function valuesOfType(type: string | undefined, schema: JsonSchema, known: Readonly<Record<string, readonly unknown[]>>, name: string): Arbitrary<unknown> {
  const number = (key: string, otherwise: number): number => (typeof schema[key] === "number" ? (schema[key]) : otherwise);
  switch (type) {
    case "string":
      return string({ minLength: number("minLength", 0), maxLength: Math.min(number("maxLength", 30), number("minLength", 0) + 40) });
    case "integer":
      return integer({ min: Math.max(number("minimum", -100), -(2 ** 31)), max: Math.min(number("maximum", 1_000), 2 ** 31 - 1) });
    case "number":
      return double({ min: number("minimum", -100), max: number("maximum", 1_000), noNaN: true });
    case "boolean":
      return boolean();
    case "null":
      return constant(null);
    case "array":
      return array(valuesOf((schema["items"] ?? {}) as JsonSchema, known, name), { minLength: number("minItems", 0), maxLength: Math.min(number("maxItems", 3), 4) });
    case "object":
      return objectsOf(schema, known);
    default:
      return jsonValue();
  }
}

function objectsOf(schema: JsonSchema, known: Readonly<Record<string, readonly unknown[]>>): Arbitrary<unknown> {
  const properties = Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>);
  const required = (schema["required"] ?? []) as readonly string[];
  const own = record(Object.fromEntries(properties.map(([key, each]) => [key, valuesOf(each, known, key)])), { requiredKeys: required.filter((key) => properties.some(([name]) => name === key)) });
  const additional = schema["additionalProperties"];
  if (typeof additional !== "object" || additional === null) return own;
  return tuple(own, dictionary(oneof(constantFrom("forum", "blog"), string({ maxLength: 12 })), valuesOf(additional as JsonSchema, known), { maxKeys: 3 })).map(([one, other]) => ({ ...other, ...(one as object) }));
}

/** The same with one thing wrong somewhere: another value, a field too many, or one that is missing. */
export function spoilt(values: Arbitrary<unknown>): Arbitrary<unknown> {
  return tuple(values, hostileValue, option(hostileText), integer({ min: 0, max: 1_000 })).map(([value, bad, key, at]) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return bad;
    const keys = Object.keys(value);
    const chosen = key ?? keys[at % Math.max(1, keys.length)] ?? "unknown";
    if (at % 5 === 0) return Object.fromEntries(Object.entries(value).filter(([each]) => each !== chosen));
    // As JSON.parse makes it: `__proto__` is a field like any other.
    return JSON.parse(`{${[...Object.entries(value).filter(([each]) => each !== chosen), [chosen, bad] as const].map(([each, inside]) => `${JSON.stringify(each)}:${JSON.stringify(inside) ?? "null"}`).join(",")}}`) as unknown;
  });
}
