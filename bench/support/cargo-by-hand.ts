import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyExample } from "../../scripts/copy-example.ts";
import { timed } from "./measure.ts";
import type { Stages } from "./stages.ts";

const run = promisify(execFile);

/** The Rust example with a cargo home and a target directory of its own, built by the commands that Modyard gives. */
export interface CargoByHand {
  /** Absolute. */
  readonly host: string;
  /** `cargo fetch`, `cargo build` and `cargo test` of the server and these modules. */
  build(modules: readonly string[]): Promise<Stages>;
  /** Takes over what another clone of the host has on its branch. */
  pull(from: string): Promise<void>;
  close(): Promise<void>;
}

/** `target`: what the commands compile for. `profile`: what `cargo build` and `cargo test` have beside their packages and target. */
export async function openCargoByHand(target: string, profile: readonly string[]): Promise<CargoByHand> {
  const directory = await mkdtemp(join(tmpdir(), "modyard-cargo-by-hand-"));
  const host = join(directory, "host");
  await copyExample({ to: host, example: "rust-platform" });
  const env = { ...process.env, CARGO_HOME: join(directory, "cargo"), CARGO_TARGET_DIR: join(directory, "target"), CARGO_INCREMENTAL: "0" };
  const cargo = async (...args: readonly string[]): Promise<number> => (await timed(() => run("cargo", [...args, "--locked", "--target", target], { cwd: host, env, maxBuffer: 1e9 }))).milliseconds;
  return {
    host,
    build: async (modules) => {
      const download = await cargo("fetch");
      const compile = await cargo("build", "-p", "rustok-server", ...profile);
      const test = await cargo("test", ...["server", ...modules].flatMap((name) => ["-p", `rustok-${name}`]), ...profile);
      return { download, compile, test, all: download + compile + test };
    },
    pull: async (from) => void (await run("git", ["pull", "--quiet", from, "main"], { cwd: host })),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
