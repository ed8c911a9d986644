import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { compareTrees } from "./compare-trees.ts";

function tree(extra: (root: string) => void): string {
  const root = openDirectory("tree");
  mkdirSync(join(root, "dist"));
  writeFileSync(join(root, "dist", "server.js"), "serve();\n");
  writeFileSync(join(root, "package.json"), "{}\n");
  extra(root);
  return root;
}

function withLink(root: string): void {
  symlinkSync("dist/server.js", join(root, "start"));
}

it("finds no difference where there is none", async () => {
  expect(await compareTrees(tree(withLink), tree(withLink))).toEqual([]);
});

it("names what differs in contents, kind, link or right to be run, what is missing and what is new", async () => {
  const left = tree((root) => {
    withLink(root);
    writeFileSync(join(root, "only-before"), "");
    writeFileSync(join(root, "kind"), "x");
  });
  const right = tree((root) => {
    symlinkSync("package.json", join(root, "start"));
    writeFileSync(join(root, "dist", "server.js"), "serve(); // at noon\n");
    writeFileSync(join(root, "only-after"), "");
    symlinkSync("x", join(root, "kind"));
    chmodSync(join(root, "package.json"), 0o755);
  });
  expect(await compareTrees(left, right)).toEqual(["dist/server.js differs", "kind differs", "only-after is new", "only-before is missing", "package.json differs", "start differs"]);
});
