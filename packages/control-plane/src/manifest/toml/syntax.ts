import { parse as parseValues, TomlError, type TomlTable } from "smol-toml";
import { ParseError, parseTOML, type AST } from "toml-eslint-parser";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import { isPlainToml } from "./plain.ts";
import type { Position } from "./positions.ts";

/** No file of ours nests deeper than five levels; deeper input would only exhaust the stack. */
export const MAX_DEPTH = 64;

/** Enough for more than 20,000 modules. The strict parser takes about a kilobyte of memory for each. */
const MAX_VALUES = 200_000;

/** In larger texts a syntax error is told in the fast parser's words. */
const MAX_STRICT_ERROR_LENGTH = 250_000;

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/multiple times|redefine|already defined/, "Keep one of the definitions; in TOML a key or table is written once."],
  [/Trailing comma/, "Remove the last comma; TOML 1.0 allows none in an inline table."],
  [/newline|line/i, "Begin each key on a line of its own, and keep an inline table on one line."],
  [/escape/i, String.raw`Write a backslash as \\ or use 'single quotes'.`],
  [/nested|depth/i, `Nest tables and arrays at most ${MAX_DEPTH} levels deep.`],
];

/** The values of a text that both parsers accept as TOML 1.0; the text has no byte order mark. */
export function parseSyntax(text: string, file: string): Result<TomlTable> {
  try {
    const value = parseValues(text, { integersAsBigInt: "asNeeded", maxDepth: MAX_DEPTH });
    if (countValues(value) > MAX_VALUES) return { ok: false, problems: [tooManyValues(file)] };
    if (!isPlainToml(text)) parseTree(text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, problems: [syntaxProblem(error, text, file)] };
  }
}

/** The syntax tree of a text, with ranges; throws the parser's own error. */
export function parseTree(text: string): AST.TOMLProgram {
  return parseTOML(text, { tomlVersion: "1.0" });
}

/** The strict parser tells better what is wrong; where it finds nothing, the other one's word stands. */
function syntaxProblem(error: unknown, text: string, file: string): Problem {
  const strict = error instanceof ParseError ? error : text.length > MAX_STRICT_ERROR_LENGTH ? undefined : strictError(text);
  if (strict !== undefined) {
    const key = /multiple times/.test(strict.message) ? wordAt(text, strict.index) : undefined;
    const message = key === undefined ? `${strict.message}.` : `The key \`${key}\` is defined multiple times.`;
    return described(message, file, earlier(strict, error));
  }
  if (error instanceof TomlError) {
    return described(`${(error.message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "Not TOML: ")}.`, file, error);
  }
  // Whatever else a parser throws at hostile input (a RangeError of its stack) is refused input, not a crash.
  if (error instanceof RangeError) return problem("toml_too_deep", "The text is nested too deeply, or one value is too long, to be read.", { location: { file } });
  throw error;
}

function strictError(text: string): ParseError | undefined {
  try {
    parseTree(text);
  } catch (error) {
    if (error instanceof ParseError) return error;
  }
  return undefined;
}

/** A missing value is noticed by one parser at the end of its line, by the other only on the next. */
function earlier(strict: ParseError, error: unknown): Position {
  const place = { line: strict.lineNumber, column: strict.column + 1 };
  return error instanceof TomlError && error.line < place.line ? error : place;
}

function described(message: string, file: string, { line, column }: Position): Problem {
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1];
  return problem("toml_syntax", message, { location: { file, line, column }, ...(hint === undefined ? {} : { hint }) });
}

function wordAt(text: string, index: number): string | undefined {
  return /^[^\s=\]}]{1,80}/.exec(text.slice(index, index + 80))?.[0];
}

/** Keys and elements of all tables and arrays; stops counting once there are too many. Without recursion, as input may be deep. */
function countValues(root: object): number {
  const open: object[] = [root];
  let count = 0;
  for (let next = open.pop(); next !== undefined && count <= MAX_VALUES; next = open.pop()) {
    const values: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    count += values.length;
    for (const value of values) if (typeof value === "object" && value !== null) open.push(value);
  }
  return count;
}

function tooManyValues(file: string): Problem {
  return problem("file_too_large", `The file holds more than ${MAX_VALUES} values.`, { location: { file }, hint: "Keep the file smaller.", details: { limit: MAX_VALUES } });
}
