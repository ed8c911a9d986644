import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StepOutcome } from "../../../packages/control-plane/src/toolchains/toolchain.ts";
import { compose, plainSandbox, useToolchainKit } from "./kit.ts";
import { npmFixture } from "./npm.ts";

/** What only npm can promise; what all toolchains do alike is in toolchain.test.ts. */
describe("the npm toolchain", () => {
  const kit = useToolchainKit(npmFixture);

  test("with the installed packages as they are in the cache, as long as the build leaves them alone; else with a copy", async () => {
    const cacheDirectory = join(kit.root, "cache");
    let runs = 0;
    const library = "node_modules/@acme/library/index.js";
    const building = async (script: string, name: string): Promise<StepOutcome> => {
      const directory = join(kit.root, name);
      await kit.checkout(directory);
      const context = kit.context({ workspace: directory, cacheDirectory, host: kit.hostThatBuilds("node", "-e", script) });
      expect(await kit.toolchain.resolve(context, [kit.path("base")], [])).toMatchObject({ ok: true });
      const before = kit.commands.length;
      const outcome = await kit.toolchain.compile(context, compose(kit.path("base")));
      runs = kit.commands.length - before;
      return outcome;
    };
    const original = `require("node:fs").readFileSync("${library}", "utf8").includes("vandal") && process.exit(1)`;
    expect(await building(`require("node:fs").writeFileSync("node_modules/.cache/state", ""); ${original}`, "first")).toEqual({ ok: true });
    expect(runs).toBe(1);
    const vandal = `for (const f of ["chmodSync", "writeFileSync"]) require("node:fs")[f]("${library}", f === "chmodSync" ? 0o666 : "vandal")`;
    expect(await building(vandal, "second")).toEqual({ ok: true });
    expect(runs).toBe((await plainSandbox(kit.workspace, kit.root).protects?.()) === true ? 2 : 1);
    expect(await readFile(join(kit.root, "second", library), "utf8")).toBe("vandal");
    expect(await building(original, "third")).toEqual({ ok: true });
    expect(await readFile(join(kit.root, "first", library), "utf8")).toContain("greeting");
  });

  test("whose files stay as they are when build code rewrites the lockfile to have them unprotected", async () => {
    const cacheDirectory = join(kit.root, "cache");
    const compile = async (name: string, script: string): Promise<StepOutcome> => {
      const context = kit.context({ workspace: join(kit.root, name), cacheDirectory, host: kit.hostThatBuilds("node", "-e", `const fs = require("node:fs"); ${script}`) });
      if (!existsSync(context.workspace)) {
        await kit.checkout(context.workspace);
        expect(await kit.toolchain.resolve(context, [kit.path("base")], [])).toMatchObject({ ok: true });
      }
      return kit.toolchain.compile(context, compose(kit.path("base")));
    };
    const rewrite = `const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8")); for (const path of Object.keys(lock.packages)) if (path.includes("node_modules/")) delete lock.packages[path]; fs.writeFileSync("package-lock.json", JSON.stringify(lock));`;
    expect(await compile("hostile", rewrite)).toEqual({ ok: true });
    await compile("hostile", `try { fs.chmodSync("node_modules/@acme/library/index.js", 0o666); fs.writeFileSync("node_modules/@acme/library/index.js", "vandal"); } catch {}`);
    expect(await compile("next", `process.exit(fs.readFileSync("node_modules/@acme/library/index.js", "utf8").includes("vandal") ? 1 : 0)`)).toEqual({ ok: true });
  });

  test("lifecycle scripts run only where they are allowed, and then in the sandbox", async () => {
    const written = join(kit.shared, "outside-the-sandbox");
    await kit.fixture.writeModule(join(kit.workspace, "modules", "native"), { slug: "native", scriptWrites: "inside.log" });
    await kit.fixture.writeModule(join(kit.workspace, "modules", "greedy"), { slug: "greedy", scriptWrites: written });
    await kit.installed(kit.path("native"), kit.path("greedy"));
    expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("native"), kit.path("greedy")))).toEqual({ ok: true });
    await expect(readFile(join(kit.workspace, "modules", "native", "inside.log"))).rejects.toThrow("ENOENT");
    expect(await kit.toolchain.compile(kit.context({ allowScripts: [kit.fixture.packageName("native")] }), compose(kit.path("base"), kit.path("native")))).toEqual({ ok: true });
    expect(await readFile(join(kit.workspace, "modules", "native", "inside.log"), "utf8")).toContain("postinstall");
    await kit.toolchain.compile(kit.context({ allowScripts: [kit.fixture.packageName("greedy")] }), compose(kit.path("base"), kit.path("greedy")));
    await expect(readFile(written)).rejects.toThrow("ENOENT");
  });

  test("links of path modules stay links in the artifact", async () => {
    await kit.installed(kit.path("forum"));
    expect(await kit.toolchain.compile(kit.context(), compose(kit.path("base"), kit.path("forum")))).toEqual({ ok: true });
    expect((await kit.collected(kit.workspace)).get("node_modules/@acme/forum")).toBe("../../modules/forum");
  });
});
