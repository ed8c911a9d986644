import { parse } from "smol-toml";

/** The value of a TOML text that cargo or rustup reads, still to be checked; undefined when it is not TOML. */
export function parseToml(text: string): unknown {
  try {
    // Numbers past what JavaScript counts to stand in metadata only, and are no reason to refuse a file that cargo reads.
    return parse(text, { integersAsBigInt: "asNeeded" });
  } catch {
    return undefined;
  }
}
