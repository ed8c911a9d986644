import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyExample } from "../../scripts/copy-example.ts";

const run = promisify(execFile);

/** The Rust example with a cargo home and a target directory of its own, built by the commands that Modyard gives. */
export interface CargoByHand {
  /** Absolute. */
  readonly host: string;
  /** `cargo build` and `cargo test` of the server and these modules. */
  build(modules: readonly string[]): Promise<void>;
  /** Takes over what another clone of the host has on its branch. */
  pull(from: string): Promise<void>;
  close(): Promise<void>;
}

/** `base`: what each command has beside its packages, e.g. `--release`. */
export async function openCargoByHand(flags: readonly string[]): Promise<CargoByHand> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-cargo-by-hand-"));
  const host = join(directory, "host");
  await copyExample({ to: host, example: "rust-platform" });
  const env = { ...process.env, CARGO_HOME: join(directory, "cargo"), CARGO_TARGET_DIR: join(directory, "target"), CARGO_INCREMENTAL: "0" };
  const cargo = (...args: readonly string[]) => run("cargo", [...args], { cwd: host, env, maxBuffer: 1e9 });
  return {
    host,
    build: async (modules) => {
      await cargo("build", "--locked", "-p", "rustok-server", ...flags);
      await cargo("test", "--locked", ...["server", ...modules].flatMap((name) => ["-p", `rustok-${name}`]), ...flags);
    },
    pull: async (from) => void (await run("git", ["pull", "--quiet", from, "main"], { cwd: host })),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
