import { cp, mkdir, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { cachedDirectory, hashSources, isSource, repositoryRoot } from "./example/files.ts";
import { addToMarketplace } from "./example/marketplace.ts";
import { packRuntime } from "./example/pack-runtime.ts";
import { commitAll } from "./example/repository.ts";
import { refreshLockfile } from "./example/lockfile.ts";
import { run } from "./example/run.ts";

const exampleDirectory = join(repositoryRoot, "examples", "node-platform");
const fixtureDirectory = join(repositoryRoot, "test", "fixtures", "modules");

/** Modules of `test/fixtures/modules`, each broken in one way. */
export type BrokenModule = "broken-compile" | "broken-tests" | "broken-crash" | "broken-hang" | "broken-unwell";

export interface CopyOptions {
  /** A directory that is empty or not there yet. */
  readonly to: string;
  /** Broken modules to put into `modules/` and into the catalog, not installed. */
  readonly modules?: readonly BrokenModule[];
}

/** A copy of the example: a git repository of its own, on branch `main`, with nothing uncommitted. */
export interface ExampleCopy {
  /** Absolute path. */
  readonly directory: string;
  /** The one commit. The same example gives the same commit. */
  readonly commit: string;
}

/**
 * Copies the example host out of this repository, with `@modyard/runtime` as a packed tarball below `vendor/`.
 * What was copied once is kept under the hash of everything in it, so the next copy takes milliseconds.
 * @throws {Error} when `to` holds something.
 */
export async function copyExample({ to, modules = [] }: CopyOptions): Promise<ExampleCopy> {
  const directory = resolve(to);
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) throw new Error(`${directory} is not empty`);
  await cp(await prepareExample(modules), directory, { recursive: true });
  return { directory, commit: (await run(directory, "git", "rev-parse", "HEAD")).trim() };
}

async function prepareExample(modules: readonly BrokenModule[]): Promise<string> {
  const tarball = await packRuntime();
  const broken = [...new Set(modules)].toSorted();
  const scripts = [import.meta.filename, join(repositoryRoot, "scripts", "example")];
  const key = await hashSources([exampleDirectory, ...broken.map((slug) => join(fixtureDirectory, slug)), ...scripts], tarball);
  return cachedDirectory("example", key, async (directory) => {
    await cp(exampleDirectory, directory, { recursive: true, filter: isSource });
    await cp(tarball, join(directory, "vendor", basename(tarball)));
    for (const slug of broken) await cp(join(fixtureDirectory, slug), join(directory, "modules", slug), { recursive: true, filter: isSource });
    await addToMarketplace(directory, broken);
    await refreshLockfile(directory);
    await commitAll(directory, "Node Platform");
  });
}

if (process.argv[1] === import.meta.filename) {
  const [to, ...modules] = process.argv.slice(2);
  if (to === undefined) {
    console.error("usage: node scripts/copy-example.ts DIRECTORY [BROKEN-MODULE…]");
    process.exit(2);
  }
  console.log(JSON.stringify(await copyExample({ to, modules: modules as BrokenModule[] })));
}
