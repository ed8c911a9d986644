import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWorkspace } from "./workspace.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "modyard-workspaces-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** What a build writes: its checkout, and its own HOME and /tmp (see the sandbox). */
function write(root: string): void {
  for (const directory of ["host/node_modules", "scratch/home/.config", "scratch/tmp"]) {
    mkdirSync(join(root, directory), { recursive: true });
    writeFileSync(join(root, directory, "left-behind"), "of the build before");
  }
}

test("a build finds nothing that the one before it left: no file, no home, no /tmp", () => {
  const first = openWorkspace(data);
  write(first.workspace.root);
  first.close();
  const second = openWorkspace(data);
  expect(second.workspace.root).toBe(first.workspace.root);
  expect(readdirSync(second.workspace.root, { recursive: true })).toEqual(["scratch"]);
});

test("nor of one that was killed before it could clean up", () => {
  const root = join(data, "workspaces", "1");
  write(root);
  writeFileSync(`${root}.lock`, JSON.stringify({ pid: 4_194_305, startedAt: "long ago" }));
  expect(readdirSync(openWorkspace(data).workspace.root, { recursive: true })).toEqual(["scratch"]);
});

test("two builds at once share nothing", () => {
  const both = [openWorkspace(data), openWorkspace(data)];
  expect(new Set(both.flatMap(({ workspace }) => [workspace.root, workspace.directory, workspace.scratch])).size).toBe(6);
});
