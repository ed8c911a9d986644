import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sandboxLayout } from "./layout.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "modyard-layout-")));
  for (const path of ["data/uploads", "data/env/prepared/a"]) mkdirSync(join(root, path), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const own = () => ({ gatewayDirectory: join(root, "data/env"), artifact: join(root, "data/env/prepared/a") });

test("what lies deeper is laid out later, so that it is seen", () => {
  const steps = sandboxLayout({ hidden: [join(root, "data")], shown: [join(root, "data/uploads")] }, own()).filter(({ path }) => path.startsWith(root) || path === "/tmp");
  const of = (what: string, path: string) => ({ what, path: join(root, path) });
  expect(steps).toEqual([{ what: "rw", path: "/tmp" }, of("hide", "data"), of("hide", "data/env"), of("rw", "data/uploads"), of("rw", "data/env/prepared/a")]);
});

test("a link is followed, and what is not there is left out", () => {
  symlinkSync(join(root, "data"), join(root, "link"));
  const steps = sandboxLayout({ hidden: [join(root, "link"), join(root, "gone")], shown: [join(root, "nowhere")] }, own());
  expect(steps.filter(({ path }) => path === join(root, "data"))).toEqual([{ what: "hide", path: join(root, "data") }]);
  expect(steps.map(({ path }) => path).filter((path) => /gone|nowhere|link/.test(path))).toEqual([]);
});

test("what the operator both hides and shows is shown", () => {
  const data = join(root, "data");
  expect(sandboxLayout({ hidden: [data], shown: [data] }, own()).filter(({ path }) => path === data).map(({ what }) => what)).toEqual(["rw"]);
});
