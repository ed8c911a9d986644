import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cargoToolchain } from "../../packages/control-plane/src/toolchains/cargo/index.ts";
import { type Checkout, composed, type Files, RustHosts } from "../../test/cargo/rust-host.ts";
import { timed } from "./measure.ts";

const run = promisify(execFile);

/** Milliseconds until both of two builds are compiled and tested that share everything that is kept. */
export interface TwoAtOnce {
  readonly atOnce: number;
  readonly inTurn: number;
}

/**
 * Builds two changes of a host at once, and two others one after the other, on what a build before left: as builds of two
 * branches, or of two control planes on one machine, do. `copy` makes a copy of the Rust example.
 */
export async function buildTwoAtOnce(copy: (to: string) => Promise<unknown>, profile: "release" | "debug"): Promise<TwoAtOnce> {
  const hosts = await RustHosts.create();
  try {
    const example = join(hosts.root, "example");
    await copy(example);
    const files = await filesOf(example);
    const checkOut = (mark: string): Promise<Checkout> => {
      const file = "crates/rustok-pages/src/lib.rs";
      return hosts.checkOut({ ...files, [file]: `${files[file] ?? ""}\n// ${mark}\n` }, { app: "rustok-server", profile, target: "x86_64-unknown-linux-gnu" });
    };
    await build(await checkOut("base"));
    const together = await Promise.all(["a", "b"].map(checkOut));
    const oneByOne = await Promise.all(["c", "d"].map(checkOut));
    const atOnce = await timed(() => Promise.all(together.map(build)));
    const inTurn = await timed(async () => {
      for (const checkout of oneByOne) await build(checkout);
    });
    return { atOnce: atOnce.milliseconds, inTurn: inTurn.milliseconds };
  } finally {
    await hosts.remove();
  }
}

async function build({ context }: Checkout): Promise<void> {
  const modules = composed("commerce", "content", "pages");
  const { resolve, compile, test } = cargoToolchain;
  for (const step of [() => resolve(context, modules.map(({ spec }) => spec), []), () => compile(context, modules), () => test(context, modules)]) {
    const outcome = await step();
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  }
}

async function filesOf(repository: string): Promise<Files> {
  const { stdout } = await run("git", ["ls-files", "-z"], { cwd: repository });
  const paths = stdout.split("\0").filter((path) => path !== "");
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(join(repository, path), "utf8")] as const)));
}
