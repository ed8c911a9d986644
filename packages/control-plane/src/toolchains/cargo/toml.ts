import { parse } from "smol-toml";

/** The value of a TOML text that cargo or rustup reads, still to be checked; undefined when it is not TOML. */
export function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
