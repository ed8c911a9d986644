import { problem, type Result } from "../../errors/problem.ts";

/** No real manifest comes near; larger input is refused before any parser sees it. */
const MAX_TOML_BYTES = 5_000_000;

/** The text of a file's bytes, or `not_utf8`. A byte order mark is kept: edits must not lose it. */
export function decodeText(bytes: Uint8Array, file: string): Result<string> {
  if (bytes.byteLength > MAX_TOML_BYTES) return { ok: false, problems: [tooLarge(bytes.byteLength, file)] };
  try {
    return { ok: true, value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, problems: [notUtf8(file)] };
  }
}

/** Why this text is not even looked at; undefined when it may be parsed. */
export function refuseText(text: string, file: string) {
  // A UTF-16 unit takes at least one byte, so most large texts are refused without counting.
  const bytes = text.length > MAX_TOML_BYTES ? text.length : Buffer.byteLength(text);
  if (bytes > MAX_TOML_BYTES) return tooLarge(bytes, file);
  return text.isWellFormed() ? undefined : notUtf8(file);
}

/** TOML allows one byte order mark; neither lines nor columns count it. */
export function stripBom(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function tooLarge(bytes: number, file: string) {
  return problem("file_too_large", `The file has at least ${bytes} bytes; the limit is ${MAX_TOML_BYTES}.`, { location: { file }, details: { limit: MAX_TOML_BYTES } });
}

function notUtf8(file: string) {
  return problem("not_utf8", "The file holds bytes that are not UTF-8.", { location: { file } });
}
