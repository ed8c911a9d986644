import { expect, test } from "vitest";
import { readInheritingManifest } from "./workspace-root.ts";

const member = `[package]\nname = "acme-forum"\nversion.workspace = true\ndescription.workspace = true\n`;
const root = (version: string): string => `[workspace]\n[workspace.package]\nversion = "${version}"\ndescription = "From ${version}"\n`;

function reading(files: Readonly<Record<string, string>>, directory: string) {
  return readInheritingManifest(directory, (path) => Promise.resolve(files[path]));
}

test("what is inherited comes from the nearest workspace upwards", async () => {
  const files = { "Cargo.toml": root("1.0.0"), "platform/Cargo.toml": root("2.0.0"), "platform/crates/forum/Cargo.toml": member, "crates/forum/Cargo.toml": member };
  expect(await reading(files, "platform/crates/forum")).toMatchObject({ version: "2.0.0", description: "From 2.0.0" });
  expect(await reading(files, "crates/forum")).toMatchObject({ version: "1.0.0" });
});

test("or from the one that the crate names, or from itself", async () => {
  const named = member.replace("[package]\n", `[package]\nworkspace = "../../other"\n`);
  expect(await reading({ "Cargo.toml": root("1.0.0"), "other/Cargo.toml": root("3.0.0"), "crates/forum/Cargo.toml": named }, "crates/forum")).toMatchObject({ version: "3.0.0" });
  expect(await reading({ "Cargo.toml": `${member}\n${root("4.0.0")}` }, "")).toMatchObject({ version: "4.0.0" });
});

test("nothing is inherited from above the host, and nothing from nowhere", async () => {
  const outside = member.replace("[package]\n", `[package]\nworkspace = "../../.."\n`);
  for (const text of [member, outside]) {
    const found = await reading({ "../Cargo.toml": root("9.0.0"), "crates/forum/Cargo.toml": text }, "crates/forum");
    expect(found?.name).toBe("acme-forum");
    expect(found?.version).toBeUndefined();
  }
  expect(await reading({}, "crates/forum")).toBeUndefined();
});
