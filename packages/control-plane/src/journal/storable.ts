/** Text as PostgreSQL can keep it: no entry of the journal, and so no change, fails for a stray byte in somebody's output. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** JSON as PostgreSQL can keep it. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === "string" ? storableText(each) : each));
}
