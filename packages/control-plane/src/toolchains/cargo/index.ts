import type { Toolchain } from "../toolchain.ts";
import { collect } from "./collect.ts";
import { compile } from "./compile.ts";
import { compositionFiles } from "./composition-files.ts";
import { readDescriptor } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";
import { readHostVersion } from "./host-version.ts";
import { readInstalledVersions } from "./installed-versions.ts";
import { lockfileName, readLocked } from "./lockfile.ts";
import { listVersions } from "./registry-crate.ts";
import { resolve } from "./resolve.ts";
import { findPackages } from "./search.ts";
import { test } from "./test-run.ts";

/** Hosts whose modules are crates. */
export const cargoToolchain: Toolchain = { name: "cargo", fingerprint, compositionFiles, readHostVersion, readInstalledVersions, readDescriptor, listVersions, findPackages, lockfileName, readLocked, resolve, compile, test, collect };
