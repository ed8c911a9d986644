import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { writeFiles } from "../contracts/toolchains/files.ts";
import { type CargoRegistry, startCargoRegistry } from "./cargo-registry.ts";
import { indexEntry, indexPath } from "./cargo-index.ts";
import { cargo, isThere } from "./requirement.ts";

const run = promisify(execFile);

describe("the index", () => {
  test.each([["a", "1/a"], ["Ab", "2/ab"], ["abc", "3/a/abc"], ["Serde_JSON", "se/rd/serde_json"]])("has %s at %s", (name, path) => {
    expect(indexPath(name)).toBe(path);
  });

  test("says of a crate what its Cargo.toml says", () => {
    const text = `[package]\nname = "a"\nversion = "1.2.3"\nlinks = "z"\nrust-version = "1.85"\n[features]\nold = ["b/x"]\nnew = ["dep:c"]\nweak = ["c?/y"]
[dependencies]\nb = "1"\n[dependencies.c]\nversion = "^2"\noptional = true\ndefault-features = false\nfeatures = ["y"]\npackage = "other"\n[target."cfg(unix)".build-dependencies.d]\nversion = "3"\n[dev-dependencies]\ne = "4"\n`;
    const plain = { features: [], optional: false, default_features: true, target: null, kind: "normal", registry: null };
    expect(indexEntry(text, "00")).toEqual({
      name: "a", vers: "1.2.3", cksum: "00", yanked: false, links: "z", rust_version: "1.85", v: 2,
      features: { old: ["b/x"] },
      features2: { new: ["dep:c"], weak: ["c?/y"] },
      deps: [
        { ...plain, name: "b", req: "1" },
        { ...plain, name: "c", req: "^2", optional: true, default_features: false, features: ["y"], package: "other" },
        { ...plain, name: "e", req: "4", kind: "dev" },
        { ...plain, name: "d", req: "3", kind: "build", target: "cfg(unix)" },
      ],
    });
  });
});

describe.runIf(isThere(cargo))("a cargo registry on loopback", () => {
  let directory: string;
  let registry: CargoRegistry;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "modyard-cargo-"));
    registry = await startCargoRegistry();
  });

  afterEach(async () => {
    await registry.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function crate(name: string, version: string, more = "", lib = `pub fn says() -> &'static str { "${name} ${version}" }\n`): Promise<string> {
    const at = join(directory, "crates", `${name}-${version}`);
    await writeFiles(at, { "Cargo.toml": `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${more}`, "src/lib.rs": lib });
    return at;
  }

  async function program(dependencies: string, main: string): Promise<string> {
    const at = join(directory, "program");
    await writeFiles(at, { "Cargo.toml": `[package]\nname = "program"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n[dependencies]\n${dependencies}`, "src/main.rs": `fn main() { ${main} }\n` });
    return at;
  }

  const runCargo = async (at: string, ...args: string[]): Promise<string> => (await run("cargo", args, { cwd: at, env: { ...process.env, CARGO_HOME: registry.cargoHome } })).stdout.trim();

  test("resolves, locks with checksums, downloads and builds", async () => {
    await registry.publish(await crate("leaf", "1.0.0"), await crate("leaf", "1.4.0"), await crate("leaf", "2.0.0"));
    await registry.publish(await crate("stem", "0.3.0", `[features]\nloud = ["dep:renamed"]\n[dependencies]\nrenamed = { package = "leaf", version = "1", optional = true }\n`, `#[cfg(feature = "loud")]\npub fn says() -> String { format!("{}!", renamed::says()) }\n`));
    const at = await program(`stem = { version = "0.3", features = ["loud"] }\n`, `println!("{}", stem::says());`);
    expect(await runCargo(at, "run", "--quiet")).toBe("leaf 1.4.0!");
    expect(await readFile(join(at, "Cargo.lock"), "utf8")).toMatch(/name = "leaf"\nversion = "1.4.0"\nsource = "registry\+https:[^\n]*"\nchecksum = "[0-9a-f]{64}"/);
    expect(await runCargo(at, "run", "--quiet", "--locked", "--offline")).toBe("leaf 1.4.0!");
    expect(registry.requests).toContain("GET /index/le/af/leaf");
    expect(registry.requests).toContain("GET /crates/leaf/1.4.0/download");
  });

  test("sees what is published later, and keeps yanked versions for those who locked them", async () => {
    await registry.publish(await crate("leaf", "1.0.0"));
    const at = await program(`leaf = "1"\n`, `print!("{}", leaf::says());`);
    await runCargo(at, "fetch");
    await registry.publish(await crate("leaf", "1.1.0"));
    await runCargo(at, "update");
    expect(await runCargo(at, "run", "--quiet")).toBe("leaf 1.1.0");
    registry.yank("leaf", "1.1.0");
    await runCargo(at, "fetch", "--locked");
    await rm(join(at, "Cargo.lock"));
    expect(await runCargo(at, "run", "--quiet")).toBe("leaf 1.0.0");
  });

  test("answers only those who have its token, where it has one", async () => {
    const closed = await startCargoRegistry({ token: "a-token-of-a-test" });
    onTestFinished(() => closed.stop());
    await closed.publish(await crate("leaf", "1.0.0"));
    const at = await program(`leaf = "1"\n`, `print!("{}", leaf::says());`);
    const fetched = (): Promise<unknown> => run("cargo", ["fetch"], { cwd: at, env: { ...process.env, CARGO_HOME: closed.cargoHome } });
    await fetched();
    await rm(join(closed.cargoHome, "registry"), { recursive: true });
    await rm(join(closed.cargoHome, "credentials.toml"));
    await expect(fetched()).rejects.toThrow(/401|token/);
  });

  test("refuses what is not as it was locked", async () => {
    await registry.publish(await crate("leaf", "1.0.0"));
    const at = await program(`leaf = "1"\n`, `print!("{}", leaf::says());`);
    await runCargo(at, "fetch");
    await rm(join(registry.cargoHome, "registry"), { recursive: true });
    await writeFile(join(await crate("leaf", "1.0.0"), "src", "lib.rs"), "pub fn says() -> u8 { 1 }\n");
    await registry.publish(join(directory, "crates", "leaf-1.0.0"));
    await expect(runCargo(at, "fetch")).rejects.toThrow("checksum");
  });

  test("mirrors what a lockfile names, as the machine's own registry has it", async () => {
    const at = await program(`itoa = "1"\n`, `print!("{}", itoa::Buffer::new().format(42u8));`);
    await run("cargo", ["generate-lockfile"], { cwd: at });
    await registry.mirror(at);
    expect(await runCargo(at, "run", "--quiet", "--locked")).toBe("42");
    expect(registry.requests).toContainEqual(expect.stringMatching(/^GET \/crates\/itoa\/1[^/]*\/download$/));
  });
});
