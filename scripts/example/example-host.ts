import { cp } from "node:fs/promises";
import { basename, join } from "node:path";
import { repositoryRoot } from "./files.ts";
import { refreshLockfile } from "./lockfile.ts";
import type { CatalogPlace } from "./marketplace.ts";
import { packRuntime } from "./pack-runtime.ts";

/** One of the hosts below `examples/`, and what makes a repository of its own of it. */
export interface ExampleHost {
  /** Absolute. */
  readonly directory: string;
  /** Where the modules are that are broken on purpose: absolute, one folder per slug. */
  readonly fixtures: string;
  /** The message of the copy's one commit. */
  readonly title: string;
  /** Where a broken module is put. */
  readonly placeOf: (slug: string) => CatalogPlace;
  /** Adds what does not lie in the example's folder; what it depends on beyond that is told by `addedFrom`. */
  readonly complete?: (directory: string) => Promise<void>;
  readonly addedFrom?: () => Promise<string>;
}

export type ExampleName = "node-platform" | "rust-platform";

export const exampleHosts: Readonly<Record<ExampleName, ExampleHost>> = {
  "node-platform": {
    directory: join(repositoryRoot, "examples", "node-platform"),
    fixtures: join(repositoryRoot, "test", "fixtures", "modules"),
    title: "Node Platform",
    placeOf: (slug) => ({ path: `modules/${slug}`, key: "package", name: `@platform/${slug}` }),
    addedFrom: packRuntime,
    complete: async (directory) => {
      const tarball = await packRuntime();
      await cp(tarball, join(directory, "vendor", basename(tarball)));
      await refreshLockfile(directory);
    },
  },
  "rust-platform": {
    directory: join(repositoryRoot, "examples", "rust-platform"),
    fixtures: join(repositoryRoot, "test", "fixtures", "crates"),
    title: "Rust Platform",
    // Not in `crates/`, whose crates are members of the workspace even when they are not installed.
    placeOf: (slug) => ({ path: `modules/rustok-${slug}`, key: "crate", name: `rustok-${slug}` }),
  },
};
