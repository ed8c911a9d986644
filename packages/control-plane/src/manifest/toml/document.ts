import type { Problem, Result } from "../../errors/problem.ts";
import { problem } from "../../errors/problem.ts";
import { formatPath, type KeyPath } from "./key-path.ts";
import { indexPositions, type Position, type PositionIndex } from "./positions.ts";
import { MAX_DEPTH, parseSyntax, parseTree } from "./syntax.ts";
import { refuseText, stripBom } from "./text.ts";

/** One TOML file: its plain values, and where each of them stands. A date or time is a symbol with its text. */
export interface TomlDocument {
  readonly file: string;
  readonly text: string;
  readonly value: Record<string, unknown>;
  /** Positions are indexed at the first call: a file without errors never pays for them. */
  readonly locate: (path: KeyPath, part: "key" | "value") => Position;
}

/**
 * Reads strict TOML 1.0. Refuses what is too large, not UTF-8, not TOML, nested too deeply, or has a key that
 * JavaScript objects treat specially.
 */
export function readToml(text: string, file: string): Result<TomlDocument> {
  const refused = refuseText(text, file);
  if (refused !== undefined) return { ok: false, problems: [refused] };
  const plain = stripBom(text);
  const syntax = parseSyntax(plain, file);
  if (!syntax.ok) return syntax;
  const document = { file, text: plain, value: syntax.value, locate: lazyIndex(plain) };
  const problems = settleValues(document);
  return problems.length === 0 ? { ok: true, value: document } : { ok: false, problems };
}

function lazyIndex(text: string): PositionIndex {
  let index: PositionIndex | undefined;
  return (path, part) => {
    index ??= indexPositions(parseTree(text));
    return index(path, part);
  };
}

/**
 * Looks for hostile keys, and turns dates into symbols: as objects they would pass for tables.
 * Walks without recursion, so that no depth of input exhausts the stack.
 */
function settleValues(document: TomlDocument): readonly Problem[] {
  const problems: Problem[] = [];
  const open: { readonly value: unknown; readonly path: KeyPath }[] = [{ value: document.value, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    if (path.length > MAX_DEPTH) {
      problems.push(problem("toml_too_deep", `Tables are nested more than ${MAX_DEPTH} levels deep.`, { location: { file: document.file } }));
      break;
    }
    for (const key of Object.keys(value)) {
      if (key === "__proto__") problems.push(protoProblem(document, [...path, key]));
      const table = value as Record<string, unknown>;
      const child = table[key];
      if (child instanceof Date) table[key] = Symbol(child.toISOString());
      else if (typeof child === "object") open.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return problems;
}

function protoProblem(document: TomlDocument, path: KeyPath): Problem {
  const isSlug = path[0] === "modules" && path.length === 2;
  const location = { file: document.file, ...document.locate(path, "key") };
  return problem(isSlug ? "invalid_slug" : "unknown_key", "`__proto__` cannot be a key.", { location, path: formatPath(path) });
}
