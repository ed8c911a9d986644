import { fail } from "../errors/problem.ts";
import { cargoToolchain } from "./cargo/index.ts";
import { npmToolchain } from "./npm/index.ts";
import type { Toolchain } from "./toolchain.ts";

/** Every toolchain there is. */
const toolchains: Readonly<Partial<Record<Toolchain["name"], Toolchain>>> = { npm: npmToolchain, cargo: cargoToolchain };

/** The toolchain that a host's modyard.toml names. Throws toolchain_unknown. */
export function toolchainNamed(name: Toolchain["name"]): Toolchain {
  return toolchains[name] ?? fail("toolchain_unknown", `this version of Modyard cannot build ${name} hosts`);
}
