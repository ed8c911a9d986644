import { expect, test } from "vitest";
import { packageNameOf, readCargoMessage } from "./rustc-messages.ts";

test.each([
  ["path+file:///run/host/crates/rustok-blog#0.1.0", "rustok-blog"],
  ["path+file:///run/host/crates/blog#rustok-blog@0.1.0", "rustok-blog"],
  ["registry+https://registry.example/index#serde@1.0.228", "serde"],
  ["git+https://git.example/acme/wiki.git?rev=abc#0.2.0", "wiki"],
  ["git+ssh://git@git.example/acme/modules?tag=v1#acme-wiki@0.2.0", "acme-wiki"],
  ["serde 1.0.0 (registry+https://registry.example/index)", "serde"],
])("the package of %s", (id, name) => {
  expect(packageNameOf(id)).toBe(name);
});

const message = (more: object): string => JSON.stringify({ reason: "compiler-message", package_id: "path+file:///h/blog#blog@0.1.0", message: { message: "mismatched types", level: "error", code: { code: "E0308", explanation: null }, spans: [], children: [], rendered: "error[E0308]: mismatched types\n  --> here\n\n", ...more } });

test("an error, a warning, an internal error", () => {
  expect(readCargoMessage(message({}))).toMatchObject({ text: ["error[E0308]: mismatched types", "  --> here"], error: { packageName: "blog", code: "E0308" } });
  expect(readCargoMessage(message({ level: "warning" }))?.error).toBeUndefined();
  expect(readCargoMessage(message({ level: "error: internal compiler error" }))?.error).toBeDefined();
  expect(readCargoMessage(message({ message: "aborting due to 2 previous errors", code: null }))?.error).toBeUndefined();
});

test("what programs print is theirs, also when it looks like a message", () => {
  for (const line of ["plain", "{}", '{"reason":"my own"}', '{"level":"error"}']) expect(readCargoMessage(line)).toBeUndefined();
});

test("messages of other kinds say nothing", () => {
  for (const line of ['{"reason":"build-finished","success":true}', '{"reason":"build-script-executed"}', '{"reason":"compiler-artifact"}', '{"reason":"compiler-message"}', '{"reason":"build-finished",']) expect(readCargoMessage(line)).toEqual({ text: [] });
});

test("a message that was cut is an error still, and never shown as it is", () => {
  const cut = message({ rendered: "x".repeat(70_000) }).slice(0, 65_536);
  const read = readCargoMessage(`${cut} … [9 more characters of this line were left out]`);
  expect(read).toMatchObject({ error: { packageName: "blog", message: "mismatched types" } });
  expect(read?.text.join("")).not.toContain("reason");
  expect(readCargoMessage(message({ level: "warning", rendered: "x".repeat(70_000) }).slice(0, 65_536))?.error).toBeUndefined();
});
