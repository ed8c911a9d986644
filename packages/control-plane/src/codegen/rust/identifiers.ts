/** Words that Rust reserves, of every edition to 2024: as a name each needs `r#` before it. */
const RESERVED: ReadonlySet<string> = new Set(
  ("abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in let loop macro match mod move mut " +
    "override priv pub ref return static struct trait true try type typeof unsafe unsized use virtual where while yield").split(" "),
);

/** Words of paths, which cannot be names even with `r#` before them. Manifests and descriptors with them are refused. */
const NEVER_NAMES: ReadonlySet<string> = new Set(["crate", "self", "super", "Self", "_"]);

/**
 * A name as it stands in Rust code: a crate's dashes are underscores there, and a reserved word becomes a raw identifier.
 * Whatever the text, nothing comes out but one identifier, so that no name breaks out of its place.
 */
export function rustIdentifier(text: string): string {
  const clean = text.replaceAll("-", "_").replaceAll(/[^A-Za-z0-9_]/g, "");
  if (RESERVED.has(clean)) return `r#${clean}`;
  if (NEVER_NAMES.has(clean)) return `${clean}_`;
  return /^\d/.test(clean) || clean === "" ? `_${clean}` : clean;
}

/** A string literal that nothing in `text` can end; what is no plain ASCII is written as its code point. */
export function rustString(text: string): string {
  const characters = [...text.toWellFormed()];
  return `"${characters.map((one) => (/[ !#-[\]-~]/.test(one) ? one : `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)).join("")}"`;
}
