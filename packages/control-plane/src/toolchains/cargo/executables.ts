import { constants } from "node:fs";
import { chmod, copyFile, lstat, mkdir, realpath, rm, stat, utimes } from "node:fs/promises";
import { join, posix, relative } from "node:path";
import { fail } from "../../errors/problem.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import { isBelow } from "../shared/module-path.ts";
import { serverDirectory } from "../shared/server-directory.ts";
import type { ToolchainContext } from "../toolchain.ts";
import { readCargoManifest } from "./cargo-manifest.ts";
import type { Places } from "./places.ts";
import type { BuiltProgram } from "./rustc-messages.ts";

/** Where the server's programs lie below its directory. */
const programDirectory = "bin";

/** What the preset starts. */
const mainName = "server";

/** A program to take out of the target directory, and the name it gets. */
interface KeptProgram {
  readonly executable: string;
  readonly name: string;
}

/** Absolute path of the directory that `keepPrograms` fills. */
export function programsOf({ workspace, host }: Pick<ToolchainContext, "workspace" | "host">): string {
  return join(workspace, serverDirectory(host), programDirectory);
}

/**
 * Copies the application's programs out of the target directory, which the tests and the next build write: the main one to `bin/server`
 * below the server's directory, others under their own names. Replaces only what it writes.
 */
export async function keepPrograms(context: ToolchainContext, places: Places, programs: readonly BuiltProgram[]): Promise<void> {
  const kept = chooseNames(context.app, programs, wantedNames(context.host), await defaultProgram(context));
  if (kept.length === 0) return;
  const directory = await ownDirectory(context);
  for (const { executable, name } of kept) {
    const from = await insideTarget(executable, places);
    const to = join(directory, name);
    await rm(to, { recursive: true, force: true });
    await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(to, 0o755);
    // Build scripts that watch their crate's whole directory are not to start anew for it.
    await utimes(to, 0, 0);
  }
}

/** Names below `bin/` that the host's own file starts or takes into the artifact. */
function wantedNames(host: HostDescriptor): ReadonlySet<string> {
  const server = host.surfaces.find(({ name }) => name === "server");
  const paths = [...(server?.start ?? []).slice(0, 1), ...(server?.output ?? [])];
  return new Set(paths.filter((path) => posix.dirname(posix.normalize(path)) === programDirectory).map((path) => posix.basename(path)));
}

/** What the server's Cargo.toml says that `cargo run` starts. */
async function defaultProgram({ app, workspace, host }: ToolchainContext): Promise<string | undefined> {
  const server = await readCargoManifest(join(workspace, serverDirectory(host)));
  return server?.name === app ? server.defaultRun : undefined;
}

/**
 * Which programs are kept under which names: the application's, or all where none is. The main one is named as the package, or
 * `server`, or what `default-run` says, or the only one; it has its own name beside that of the server only where that is wanted.
 */
export function chooseNames(app: string, programs: readonly BuiltProgram[], wanted: ReadonlySet<string>, defaultRun = app): KeptProgram[] {
  const own = programs.filter(({ packageName }) => packageName === app);
  const known = new Map((own.length === 0 ? programs : own).map((program) => [program.name, program]));
  const main = known.get(app) ?? known.get(mainName) ?? known.get(defaultRun) ?? (known.size === 1 ? [...known.values()][0] : undefined);
  const others = [...known.values()].filter((program) => (program === main ? wanted.has(program.name) && program.name !== mainName : program.name !== mainName || main === undefined));
  const kept = [...others, ...(main === undefined ? [] : [{ ...main, name: mainName }])];
  return kept.map(({ executable, name }) => ({ executable, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What was compiled could say anything about its own place; only a plain file inside the target directory is taken. */
async function insideTarget(executable: string, { target, onMachine }: Places): Promise<string> {
  const path = onMachine(executable);
  const [real, root] = await Promise.all([realpath(path).catch(() => undefined), realpath(onMachine(target))]);
  if (real === undefined || !isBelow(real, root) || real !== join(root, relative(onMachine(target), path)) || !(await stat(real)).isFile()) {
    return fail("step_failed", `the program ${executable} is not inside the target directory`);
  }
  return real;
}

/** Makes sure that the directory is one of the workspace: host code may have put a link in its place. */
async function ownDirectory(context: ToolchainContext): Promise<string> {
  const directory = programsOf(context);
  const server = join(await realpath(context.workspace), serverDirectory(context.host));
  if ((await realpath(join(directory, "..")).catch(() => undefined)) !== join(server)) return fail("step_failed", `the directory ${serverDirectory(context.host)} was replaced during the build`);
  const found = await lstat(directory).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) await rm(directory);
  await mkdir(directory, { recursive: true });
  return directory;
}

/** The context and places with which commands can read the programs that were kept, but not write them, where the sandbox can see to that. */
export async function guardPrograms(context: ToolchainContext, places: Places): Promise<{ readonly context: ToolchainContext; readonly places: Places }> {
  const directory = programsOf(context);
  if ((await context.run.protects?.()) !== true || (await lstat(directory).catch(() => undefined))?.isDirectory() !== true) return { context, places };
  const seen = join(places.workspace, serverDirectory(context.host), programDirectory);
  const run = (command: Parameters<typeof context.run>[0]): ReturnType<typeof context.run> => context.run({ ...command, readOnly: [...(command.readOnly ?? []), directory] });
  return { context: { ...context, run: Object.assign(run, { protects: context.run.protects }) }, places: { ...places, mounts: [...places.mounts, { from: directory, at: seen, mode: "ro" }] } };
}
