import { expect, test } from "vitest";
import { crateGraph } from "./crate-graph.ts";
import { parseLockfile } from "./lockfile.ts";

const index = "registry+https://registry.example/index";
const git = "git+https://git.example/wiki.git?rev=v1";

function lock(...packages: readonly { readonly name: string; readonly version?: string; readonly source?: string; readonly needs?: readonly string[] }[]) {
  const text = packages.map(({ name, version = "1.0.0", source, needs = [] }) => `[[package]]\nname = "${name}"\nversion = "${version}"\n${source === undefined ? "" : `source = "${source}"\n`}dependencies = ${JSON.stringify(needs)}\n`).join("\n");
  const parsed = parseLockfile(text);
  if (!parsed.ok) throw new Error("not a lockfile");
  return crateGraph(parsed.value);
}

test("follows references by name, version and source; versions of registries count, those of the tree do not", () => {
  const graph = lock(
    { name: "app", needs: ["blog", "rand 0.8.0"] },
    { name: "blog", version: "0.3.0", needs: ["rand 0.9.0", `wiki 1.0.0 (${git})`] },
    { name: "rand", version: "0.8.0", source: index },
    { name: "rand", version: "0.9.0", source: index, needs: ["app"] },
    { name: "wiki", source: `${git}#0123456789012345678901234567890123456789` },
    { name: "unused", source: index },
  );
  expect([...graph.reach(["app"])].toSorted()).toEqual(["app", "blog", `rand 0.8.0 ${index}`, `rand 0.9.0 ${index}`, `wiki 1.0.0 ${git}#0123456789012345678901234567890123456789`]);
  expect([...graph.reach(["app"], new Set(["blog"]))].toSorted()).toEqual(["app", `rand 0.8.0 ${index}`]);
  expect(graph.reach(["nothing"]).size).toBe(0);
  expect(graph.all.size).toBe(6);
});
