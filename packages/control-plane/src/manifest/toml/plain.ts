/**
 * Text that is TOML 1.0 line by line: comments, headers and `key = value` with simple values, each on one line.
 * For such text the fast parser's word is enough (it still finds duplicates); anything else is also read by the strict
 * parser, which takes ten times as long. All repetitions of white space are bounded, so no line makes the pattern slow.
 */
const SPACE = "[ \\t]{0,64}";
const BARE = "[A-Za-z0-9_-]+";
const KEY = `${BARE}(?:\\.${BARE})*`;
const STRING = `"[^"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]*"|'[^'\\x00-\\x08\\x0a-\\x1f\\x7f]*'`;
const SIMPLE = `(?:${STRING}|true|false|0|[1-9][0-9]{0,14})`;
const ARRAY = `\\[${SPACE}(?:${SIMPLE}(?:${SPACE},${SPACE}${SIMPLE})*${SPACE})?\\]`;
const PAIR = `${KEY}${SPACE}=${SPACE}(?:${SIMPLE}|${ARRAY})`;
const INLINE = `\\{${SPACE}(?:${PAIR}(?:${SPACE},${SPACE}${PAIR})*${SPACE})?\\}`;
const COMMENT = "#[^\\x00-\\x08\\x0a-\\x1f\\x7f]*";
const STATEMENT = `\\[${KEY}\\]|\\[\\[${KEY}\\]\\]|${KEY}${SPACE}=${SPACE}(?:${SIMPLE}|${ARRAY}|${INLINE})`;
const LINE = new RegExp(`^${SPACE}(?:${STATEMENT})?${SPACE}(?:${COMMENT})?$`);
const LONGEST_LINE = 200_000;

/** Whether every line is plain. False says nothing: the strict parser decides. */
export function isPlainToml(text: string): boolean {
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    // Only the `\r` of a CRLF is white space; a last line that ends in a lone one is not TOML.
    const line = text.slice(start, newline > start && text[end - 1] === "\r" ? end - 1 : end);
    if (line.length > LONGEST_LINE || !LINE.test(line)) return false;
    start = end + 1;
  }
  return true;
}
