import { ParseError, parseTOML } from "toml-eslint-parser";
import { fail, problem, type Problem } from "../../errors/problem.ts";
import { type Source, sourceOf } from "../../manifest/edit/source.ts";
import { stripBom } from "../../manifest/toml/text.ts";
import { cargoManifestName } from "./cargo-manifest.ts";

/** Reads the text of a Cargo.toml for editing. Throws toml_syntax. */
export function readCargoSource(original: string): Source {
  const text = stripBom(original);
  try {
    // What cargo itself reads: TOML 1.1 allows line breaks and comments in inline tables.
    return sourceOf(original.slice(0, original.length - text.length), text, parseTOML(text, { tomlVersion: "1.1" }));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return fail("toml_syntax", `${cargoManifestName} is not TOML: ${error.message}.`, { location: { file: cargoManifestName, line: error.lineNumber, column: error.column + 1 } });
  }
}

/** What keeps a text from being TOML, with its place in `file`; undefined where it is TOML. */
export function cargoSyntaxProblem(original: string, file: string): Problem | undefined {
  try {
    parseTOML(stripBom(original), { tomlVersion: "1.1" });
    return undefined;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return problem("cargo_manifest_invalid", `${file} is not TOML: ${error.message}`, { location: { file, line: error.lineNumber, column: error.column + 1 } });
  }
}
