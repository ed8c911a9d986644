/** One complaint of a compiler, as printed. */
export interface Diagnostic {
  /** As printed: absolute, or relative to where the compiler ran. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** The compiler's words, with its code where it has one. */
  readonly message: string;
  /** Index of its first line in the output. */
  readonly at: number;
}

const file = String.raw`((?:file:\/\/)?[^\s:()'"\`]*[^\s:()'"\`./]\.[A-Za-z][A-Za-z0-9]{0,5})`;

/** `a.ts(12,5): error TS2322: …` */
const typescriptPlain = new RegExp(String.raw`^\s*${file}\((\d+),(\d+)\): error (?:(TS\d+): )?(.*)$`);
/** `a.ts:12:5 - error TS2322: …` */
const typescriptPretty = new RegExp(String.raw`^\s*${file}:(\d+):(\d+) - error (?:(TS\d+): )?(.*)$`);
/** `a.ts:12:5: ERROR: …` */
const withMessage = new RegExp(String.raw`^\s*(?:\S+ )?${file}:(\d+):(\d+):? +(?:error[: ]+)?(\S.*)$`, "i");
/** A place alone on its line, as esbuild, Vite and Node print it; the message stands near. */
const placeAlone = new RegExp(String.raw`^\s*(?:file: |at |╭─\[ ?|-->\s*)?${file}:(\d+)(?::(\d+))?[:\])]?\s*$`);

/** Finds what compilers complain about in their output (without colours). Warnings are no complaints. */
export function findDiagnostics(lines: readonly string[]): Diagnostic[] {
  return lines.flatMap((line, at) => fromTypescript(line, at) ?? fromPlaceAlone(lines, at) ?? fromMessage(line, at) ?? []);
}

function fromTypescript(line: string, at: number): Diagnostic | undefined {
  const match = typescriptPlain.exec(line) ?? typescriptPretty.exec(line);
  if (match === null) return undefined;
  const [, path = "", row, column, code, message = ""] = match;
  return { file: path, line: Number(row), column: Number(column), message: code === undefined ? message : `${message} (${code})`, at };
}

function fromMessage(line: string, at: number): Diagnostic | undefined {
  const match = withMessage.exec(line);
  if (match === null || /\bwarn(ing)?\b/i.test(line)) return undefined;
  const [, path = "", row, column, message = ""] = match;
  return { file: path, line: Number(row), column: Number(column), message, at };
}

function fromPlaceAlone(lines: readonly string[], at: number): Diagnostic | undefined {
  const match = placeAlone.exec(lines[at] ?? "");
  if (match === null) return undefined;
  const [, path = "", row, column] = match;
  const message = messageNear(lines, at);
  return message === undefined ? undefined : { file: path, line: Number(row), ...(column === undefined ? {} : { column: Number(column) }), message, at };
}

/** Above (`✘ [ERROR] …`), or below the quoted source (`SyntaxError: …`). */
function messageNear(lines: readonly string[], at: number): string | undefined {
  const above = lines.slice(Math.max(0, at - 3), at).toReversed();
  const below = lines.slice(at + 1, at + 6);
  const error = /(?:✘ \[ERROR\]|\berror\b[^:]*:|^\s*\w*Error:)\s*(.*)$/i;
  for (const line of [...above, ...below]) {
    const match = error.exec(line);
    if (match !== null) return (match[1] === "" ? line : line.includes("Error:") ? line : match[1])?.trim();
  }
  return undefined;
}
