import { Option } from "commander";

/** An option that takes slugs, one or several at a time, separated by spaces or commas, as often as wanted. */
export function changeOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), ...value.split(",").filter((slug) => slug !== "")]);
}

/** `forum` or `forum@^1.2.0`, as people know it from npm. */
export function parseModuleArgument(text: string): { readonly slug: string; readonly version?: string } {
  const at = text.indexOf("@", 1);
  if (at <= 0 || at === text.length - 1) return { slug: text };
  return { slug: text.slice(0, at), version: text.slice(at + 1) };
}
