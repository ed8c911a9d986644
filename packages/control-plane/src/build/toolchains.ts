import type { Toolchain } from "../toolchains/toolchain.ts";

/** The toolchain of a kind of host. */
export type Toolchains = (name: Toolchain["name"]) => Toolchain;
