import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cargoHomeOf, prepareCargoHome, registryEnvironment, registryTokens } from "./cargo-home.ts";
import { parseToml } from "./toml.ts";

let root: string;
let operator: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "modyard-cargo-home-"));
  operator = join(root, "operator", ".cargo");
  await mkdir(operator, { recursive: true });
  vi.stubEnv("CARGO_HOME", operator);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

const taken = async (): Promise<string> => {
  await prepareCargoHome(join(root, "cache"));
  return readFile(join(cargoHomeOf(join(root, "cache")), "config.toml"), "utf8");
};

const configuration = `
[source.crates-io]
replace-with = "mirror"

[source.mirror]
local-registry = "crates"

[registries.acme]
index = "sparse+https://registry.example.org/index/"
token = "secret-1"
credential-provider = ["program-of-the-operator"]

[registry]
default = "acme"
global-credential-providers = ["program-of-the-operator"]

[http]
proxy = "http://user:secret-2@proxy.example.org"
timeout = 60

[build]
target = "riscv64gc-unknown-none-elf"
rustflags = ["-C", "opt-level=0"]

[env]
SOME = "thing"

[alias]
b = "build"
`;

test("says where registries are, and neither how to build nor anything secret", async () => {
  await writeFile(join(operator, "config.toml"), configuration);
  const text = await taken();
  expect(parseToml(text)).toEqual({
    source: { "crates-io": { "replace-with": "mirror" }, mirror: { "local-registry": join(root, "operator", "crates") } },
    registries: { acme: { index: "sparse+https://registry.example.org/index/" } },
    registry: { default: "acme" },
    http: { timeout: 60 },
  });
  expect(text).not.toMatch(/secret|program-of-the-operator/);
  expect((await registryEnvironment())["CARGO_HTTP_PROXY"]).toBe("http://user:secret-2@proxy.example.org");
});

test("follows the operator's changes, also to none at all", async () => {
  expect(parseToml(await taken())).toEqual({});
  await writeFile(join(operator, "config.toml"), configuration);
  expect(await taken()).toContain("mirror");
  await rm(join(operator, "config.toml"));
  expect(parseToml(await taken())).toEqual({});
});

test("tokens go with the operator's own address of their registry, or not at all", async () => {
  await writeFile(join(operator, "config.toml"), configuration);
  await writeFile(join(operator, "credentials.toml"), `[registry]\ntoken = "public"\n\n[registries.acme]\ntoken = "private"\n\n[registries.host-says-where]\ntoken = "never"\n`);
  expect(await registryTokens()).toEqual({
    CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS: "cargo:token",
    CARGO_REGISTRY_TOKEN: "public",
    CARGO_REGISTRIES_ACME_TOKEN: "private",
    CARGO_REGISTRIES_ACME_INDEX: "sparse+https://registry.example.org/index/",
  });
  vi.stubEnv("CARGO_REGISTRIES_HOST_SAYS_WHERE_INDEX", "sparse+https://other.example.org/");
  vi.stubEnv("CARGO_REGISTRIES_ACME_TOKEN", "newer");
  expect(await registryTokens()).toMatchObject({ CARGO_REGISTRIES_HOST_SAYS_WHERE_TOKEN: "never", CARGO_REGISTRIES_ACME_TOKEN: "newer" });
});
