import { cp, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ExampleHost, exampleHosts } from "./example/example-host.ts";
import { cachedDirectory, hashSources, isSource, repositoryRoot } from "./example/files.ts";
import { addToMarketplace } from "./example/marketplace.ts";
import { commitAll } from "./example/repository.ts";
import { run } from "./example/run.ts";

/** Modules of `test/fixtures/modules`, each broken in one way. */
export type BrokenModule = "broken-compile" | "broken-tests" | "broken-crash" | "broken-hang" | "broken-unwell";

/** Modules of `test/fixtures/crates`, each broken in one way. */
export type BrokenCrate =
  | "panics-at-start"
  | "fails-to-start"
  | "hangs-at-start"
  | "does-not-compile"
  | "test-fails"
  | "no-entry-type"
  | "wrong-version"
  | "wrong-slug"
  | "unwell"
  | "greedy-build-script"
  | "needs-missing-feature";

/** Where to, which example, and which broken modules to put into its tree and catalog, not installed. */
export type CopyOptions = {
  /** A directory that is empty or not there yet. */
  readonly to: string;
} & ({ readonly example?: "node-platform"; readonly modules?: readonly BrokenModule[] } | { readonly example: "rust-platform"; readonly modules?: readonly BrokenCrate[] });

/** A copy of the example: a git repository of its own, on branch `main`, with nothing uncommitted. */
export interface ExampleCopy {
  /** Absolute path. */
  readonly directory: string;
  /** The one commit. The same example gives the same commit. */
  readonly commit: string;
}

/**
 * Copies an example host out of this repository; the Node one gets `@modyard/runtime` as a packed tarball below `vendor/`.
 * What was copied once is kept under the hash of everything in it, so the next copy takes milliseconds.
 * @throws {Error} when `to` holds something.
 */
export async function copyExample({ to, example = "node-platform", modules = [] }: CopyOptions): Promise<ExampleCopy> {
  const directory = resolve(to);
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) throw new Error(`${directory} is not empty`);
  await cp(await prepareExample(exampleHosts[example], [...new Set<string>(modules)].toSorted()), directory, { recursive: true });
  return { directory, commit: (await run(directory, "git", "rev-parse", "HEAD")).trim() };
}

async function prepareExample(host: ExampleHost, broken: readonly string[]): Promise<string> {
  const scripts = [import.meta.filename, join(repositoryRoot, "scripts", "example")];
  const sources = [host.directory, ...broken.map((slug) => join(host.fixtures, slug)), ...scripts];
  const key = await hashSources(sources, (await host.addedFrom?.()) ?? "");
  return cachedDirectory("example", key, async (directory) => {
    await cp(host.directory, directory, { recursive: true, filter: isSource });
    for (const slug of broken) await addModule(host, directory, slug);
    await host.complete?.(directory);
    await commitAll(directory, host.title);
  });
}

async function addModule(host: ExampleHost, directory: string, slug: string): Promise<void> {
  const place = host.placeOf(slug);
  await cp(join(host.fixtures, slug), join(directory, place.path), { recursive: true, filter: isSource });
  await addToMarketplace(directory, slug, place);
}

if (process.argv[1] === import.meta.filename) {
  const [first = "", ...rest] = process.argv.slice(2);
  const [to, ...modules] = first in exampleHosts ? rest : [first, ...rest];
  if (to === undefined || to === "") {
    console.error(`usage: node scripts/copy-example.ts [${Object.keys(exampleHosts).join(" | ")}] DIRECTORY [BROKEN-MODULE…]`);
    process.exit(2);
  }
  const options = first === "rust-platform" ? { to, example: first, modules: modules as BrokenCrate[] } as const : { to, modules: modules as BrokenModule[] };
  console.log(JSON.stringify(await copyExample(options)));
}
