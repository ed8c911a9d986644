import { createHash } from "node:crypto";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { commonProblem, failed, lastLines, plainLines, succeeded } from "../shared/command-failure.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import { timeLimits } from "../shared/time-limits.ts";
import { vendorDirectory } from "../shared/vendor-directory.ts";
import { readPlainFile } from "../shared/plain-file.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { cargoProblem } from "./cargo-errors.ts";
import { pathsIn } from "./cargo-failure.ts";
import { cargoHomeOf, prepareCargoHome } from "./cargo-home.ts";
import { cargoManifestName } from "./cargo-manifest.ts";
import { downloadProgress } from "./download-progress.ts";
import { lockfileName } from "./lockfile.ts";
import { placesOf } from "./places.ts";
import { platformsOf } from "./platforms.ts";
import { runCargo } from "./run-cargo.ts";
import type { RustTools } from "./rust-tools.ts";

/** What is fetched, and for whom a failure is told. */
export interface Fetch {
  readonly context: ToolchainContext;
  readonly tools: RustTools;
  readonly modules: readonly ModuleSpec[];
  /** Name of the server's package. */
  readonly server: string;
}

/**
 * Updates Cargo.lock with the least change and downloads everything that it names for the platforms of this build, tests
 * included. Packages that fit stay at their versions: cargo moves only what it must.
 */
export async function fetchAll(fetch: Fetch): Promise<StepOutcome> {
  const { context, tools, modules, server } = fetch;
  await prepareCargoHome(context.cacheDirectory);
  const places = await placesOf(context, { home: "rw" });
  const args = ["fetch", ...(await platformsOf(context, tools)).flatMap((platform) => ["--target", platform])];
  // Marks say what was fetched: cargo must not clear it away by itself.
  const outcome = await runCargo(context, tools, places, args, { network: "registries", timeoutSeconds: timeLimits.install, onOverwritten: downloadProgress(context.progress), env: { CARGO_CACHE_AUTO_CLEAN_FREQUENCY: "never" } });
  if (succeeded(outcome)) return { ok: true };
  const lines = plainLines(outcome).map(withoutPassword);
  const common = commonProblem({ argv: ["cargo", ...args], cwd: places.workspace, network: "registries", timeoutSeconds: timeLimits.install }, outcome);
  return failed(common ?? cargoProblem(lines, { modules, server, inHost: pathsIn(places.workspace) }), lastLines(lines));
}

/** Whether everything was fetched for exactly these lockfile, manifests and platforms before. */
export async function wasFetched(fetch: Fetch): Promise<boolean> {
  const mark = await markOf(fetch);
  const now = new Date();
  return utimes(mark, now, now).then(() => true, () => false);
}

/** Remembers that everything was fetched. */
export async function markFetched(fetch: Fetch): Promise<void> {
  const mark = await markOf(fetch);
  await mkdir(join(mark, ".."), { recursive: true });
  await writeFile(mark, "");
}

/** An empty file of the cargo home. Every file of which cargo makes up its mind is in its name. */
async function markOf({ context, tools, modules }: Fetch): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([tools.version, await platformsOf(context, tools)]));
  for (const file of await filesThatCount(context, modules)) {
    const text = await readPlainFile(join(context.workspace, file));
    hash.update(`\0${file}\0${text?.length ?? "none"}\0`).update(text ?? "");
  }
  return join(cargoHomeOf(context.cacheDirectory), "modyard-fetched", hash.digest("hex"));
}

async function filesThatCount({ workspace, host, trackedFiles }: ToolchainContext, modules: readonly ModuleSpec[]): Promise<string[]> {
  const takenIn = await readdir(join(workspace, vendorDirectory)).catch(() => []);
  const crates = ["", serverDirectory(host), ...takenIn.map((slug) => posix.join(vendorDirectory, slug)), ...modules.flatMap(({ path }) => path ?? [])];
  const manifests = [...crates.map((directory) => posix.join(directory, cargoManifestName)), ...trackedFiles.filter((file) => posix.basename(file) === cargoManifestName)];
  return [...new Set([lockfileName, ".cargo/config", ".cargo/config.toml", ...manifests])].toSorted();
}
