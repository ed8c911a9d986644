import { expect, it } from "vitest";
import { problem } from "../errors/problem.ts";
import { hintWithCommand } from "./command-hints.ts";

it("adds the command to the catalogue's hint", () => {
  expect(hintWithCommand(problem("module_needed", "forum needs it"))).toBe("Uninstall the modules named as well, or take them along. `--cascade` takes them along.");
});

it("leaves a case's own hint alone: it may speak against the usual way", () => {
  expect(hintWithCommand(problem("module_needed", "content needs it", { hint: "Keep it." }))).toBe("Keep it.");
});

it("says what the catalogue says where a problem came without a hint, and where no command helps", () => {
  expect(hintWithCommand({ code: "module_needed", hint: "" })).toContain("`--cascade`");
  expect(hintWithCommand(problem("plan_stale", "old"))).not.toContain("`modyard");
});
