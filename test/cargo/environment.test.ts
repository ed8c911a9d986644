import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cargoEnvironment } from "../../packages/control-plane/src/toolchains/cargo/run-cargo.ts";
import { findRustTools } from "../../packages/control-plane/src/toolchains/cargo/rust-tools.ts";
import { runTool } from "../../packages/control-plane/src/toolchains/shared/run-tool.ts";
import { writeFiles } from "../contracts/toolchains/files.ts";
import { cargo, isThere } from "../support/requirement.ts";

describe.runIf(isThere(cargo))("the environment of cargo", () => {
  test("keeps programs that a host's configuration names out of resolve, and its own places", async () => {
    const root = await realpath(await mkdtemp(join(tmpdir(), "modyard-cargo-environment-")));
    try {
      const trap = join(root, "trap");
      await writeFiles(root, {
        trap: `#!/bin/sh\necho "$0 $*" >> ${root}/sprung\nexec "$@"\n`,
        "host/Cargo.toml": `[package]\nname = "host"\nversion = "0.1.0"\nedition = "2021"\n`,
        "host/src/lib.rs": "",
        "host/.cargo/config.toml": `[build]\nrustc = "${trap}"\nrustc-wrapper = "${trap}"\nrustc-workspace-wrapper = "${trap}"\ntarget-dir = "${root}/elsewhere"\n\n[target.'cfg(all())']\nrunner = "${trap}"\nlinker = "${trap}"\n\n[registry]\nglobal-credential-providers = ["${trap}"]\n`,
      });
      await chmod(trap, 0o755);
      const tools = await findRustTools(join(root, "host"));
      if (!tools.ok) throw new Error(tools.problems[0]?.message);
      const { hostTriple } = tools.value;
      const run = async (env: Readonly<Record<string, string>>) => runTool({ argv: [tools.value.cargo, "fetch", "--target", hostTriple], cwd: join(root, "host"), env, timeoutSeconds: 60 });
      const places = { workspace: join(root, "host"), cargoHome: join(root, "home"), target: join(root, "target"), mounts: [], onMachine: (path: string) => path };
      const env = await cargoEnvironment(tools.value, places, "registries");
      expect(await run(env)).toMatchObject({ exitCode: 0 });
      await expect(readFile(join(root, "sprung"))).rejects.toThrow("ENOENT");
      // Without what the environment says, the trap is one.
      const { RUSTC, RUSTC_WRAPPER, RUSTC_WORKSPACE_WRAPPER, ...bare } = env;
      await run(bare);
      expect(await readFile(join(root, "sprung"), "utf8")).toContain("trap");
      expect([RUSTC, RUSTC_WRAPPER, RUSTC_WORKSPACE_WRAPPER]).toEqual([tools.value.rustc, "", ""]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  test("has tokens and a network only for resolve", async () => {
    const tools = { cargo: "/rust/bin/cargo", rustc: "/rust/bin/rustc", binDirectory: "/rust/bin", version: "1.95.0", compiler: "rustc 1.95.0", hostTriple: "x86_64-unknown-linux-gnu" };
    const places = { workspace: "/w", cargoHome: "/h", target: "/t", mounts: [], onMachine: (path: string) => path };
    const before = process.env["CARGO_REGISTRY_TOKEN"];
    process.env["CARGO_REGISTRY_TOKEN"] = "secret";
    try {
      expect(await cargoEnvironment(tools, places, "registries")).toMatchObject({ CARGO_REGISTRY_TOKEN: "secret", CARGO_HOME: "/h", CARGO_TARGET_DIR: "/t" });
      const offline = await cargoEnvironment(tools, places, "none");
      expect(offline).toMatchObject({ CARGO_NET_OFFLINE: "true", CARGO_HOME: "/h", CARGO_TARGET_DIR: "/t" });
      expect(JSON.stringify(offline)).not.toContain("secret");
      expect(offline["PATH"]?.split(":")[0]).toBe("/rust/bin");
    } finally {
      if (before === undefined) delete process.env["CARGO_REGISTRY_TOKEN"];
      else process.env["CARGO_REGISTRY_TOKEN"] = before;
    }
  });
});
