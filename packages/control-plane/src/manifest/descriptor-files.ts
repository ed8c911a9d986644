import type { Result } from "../errors/problem.ts";
import type { Descriptor } from "./descriptor.ts";
import { parseDescriptor } from "./parse-descriptor.ts";
import { parseRustokDescriptor } from "./parse-rustok-descriptor.ts";

/** A file that can hold a module's descriptor. */
export interface DescriptorFile {
  readonly name: string;
  parse(text: string, file: string): Result<Descriptor>;
}

/** The files that a module may describe itself in, in the order in which they are looked for: the first that is there counts. */
export const DESCRIPTOR_FILES: readonly DescriptorFile[] = [
  { name: "module.toml", parse: parseDescriptor },
  { name: "rustok-module.toml", parse: parseRustokDescriptor },
];
