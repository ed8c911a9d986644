import { describe, expect, test } from "vitest";
import { isThere } from "../support/requirement.ts";
import { cargoFixture } from "./toolchains/cargo.ts";
import { compileContract } from "./toolchains/compile-contract.ts";
import { descriptorsContract } from "./toolchains/descriptors-contract.ts";
import type { ToolchainFixture } from "./toolchains/fixture.ts";
import { useToolchainKit } from "./toolchains/kit.ts";
import { npmFixture } from "./toolchains/npm.ts";
import { registryContract } from "./toolchains/registry-contract.ts";
import { resolveContract } from "./toolchains/resolve-contract.ts";

const fixtures: readonly ToolchainFixture[] = [npmFixture, cargoFixture];

/** What every toolchain promises; what one of them promises beyond that is in toolchains/<name>.test.ts. */
for (const fixture of fixtures) {
  describe.runIf(fixture.requirement === undefined || isThere(fixture.requirement))(`the ${fixture.toolchain.name} toolchain`, () => {
    const kit = useToolchainKit(fixture);
    descriptorsContract(kit);
    registryContract(kit);
    resolveContract(kit);
    compileContract(kit);

    test("says which tools it builds with", async () => {
      const fingerprint = await kit.toolchain.fingerprint(kit.workspace);
      expect(fingerprint).toBe(await kit.toolchain.fingerprint(kit.workspace));
      expect(fingerprint).toContain(process.arch);
      expect(kit.toolchain.readHostVersion(kit.workspace, kit.host)).toBe("0.2.0");
    });
  });
}
