import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ModuleSpec } from "../../packages/control-plane/src/manifest/manifest.ts";
import { cargoFixture } from "../contracts/toolchains/cargo.ts";
import { commitAll } from "../contracts/toolchains/files.ts";
import { compose, problemsOf, useToolchainKit } from "../contracts/toolchains/kit.ts";
import { isThere } from "../support/requirement.ts";

/** Crates from elsewhere: how they are compiled from the shared cargo home, which no build can write, and what is told of their errors. */
describe.runIf(isThere(cargoFixture.requirement))("crates from elsewhere", () => {
  const kit = useToolchainKit(cargoFixture);

  test("of git and of the registry compile without a network, and are kept", async () => {
    const specs = [kit.path("base"), kit.fromGit("main"), kit.published("^1.0.0")];
    await kit.installed(...specs.slice(1));
    expect(await kit.toolchain.compile(kit.context(), compose(...specs))).toEqual({ ok: true });
    const second = join(kit.root, "second");
    await kit.checkout(second);
    expect(await kit.toolchain.resolve(kit.context({ workspace: second }), specs, [])).toMatchObject({ ok: true });
    expect(await kit.toolchain.compile(kit.context({ workspace: second }), compose(...specs))).toEqual({ ok: true });
    expect(kit.log.filter((line) => line.includes("Compiling"))).toEqual([]);
  });

  test("an error in a crate of the registry is told with the crate's own path", async () => {
    await cargoFixture.writeModule(join(kit.shared, "packages", "ill"), { slug: "ill", fault: "compile" });
    await kit.registry.publish(join(kit.shared, "packages", "ill"));
    const spec: ModuleSpec = kit.published("^1.0.0", "ill");
    await kit.installed(spec);
    const outcome = await kit.toolchain.compile(kit.context(), compose(kit.path("base"), spec));
    expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "ill", location: { file: "acme-ill-1.0.0/src/lib.rs", line: 2 } }]);
  });

  test("an error in a crate that only a module brings along is that module's", async () => {
    await cargoFixture.writeModule(join(kit.shared, "packages", "helper"), { slug: "helper", fault: "compile" });
    await kit.registry.publish(join(kit.shared, "packages", "helper"));
    await cargoFixture.writeModule(join(kit.workspace, "modules", "user"), { slug: "user", dependencies: { "acme-helper": "1" } });
    await kit.installed(kit.path("user"));
    const outcome = await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("user")));
    expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "user", location: { file: "acme-helper-1.0.0/src/lib.rs", line: 2 } }]);
  });

  test("an error in a crate of git names the module, whatever the checkout is called", async () => {
    const repository = join(kit.shared, "git", "wiki.git");
    await writeFile(join(repository, "src/lib.rs"), "pub const WRONG: u32 = broken;\n");
    const commit = await commitAll(repository);
    await kit.installed(kit.fromGit(commit));
    const outcome = await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.fromGit(commit)));
    expect(problemsOf(outcome)).toMatchObject([{ code: "compile_failed", module: "wiki", location: { file: expect.stringMatching(/^wiki-[0-9a-f]{7,}\/src\/lib\.rs$/) as string, line: 1 } }]);
  });
});
