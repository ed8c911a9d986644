import { describe, expect, it } from "vitest";
import { restCommand } from "./rest-command.ts";

const nothing = { install: [], uninstall: [], upgrade: [], cascade: false };
const after = (change: Partial<NonNullable<NonNullable<Parameters<typeof restCommand>[0]["next"]>["rest"]>["change"]>, environment: string | null = "prod") =>
  ({ deploy_to: environment, next: { again: nothing, rest: { without: ["blog"], change: { ...nothing, ...change } } } });

describe("the command for the rest of a failed change", () => {
  it.each([
    [{ install: [{ slug: "forum" }, { slug: "pages", version: "1.2.0" }] }, "modyard install forum pages@1.2.0 --deploy prod"],
    [{ install: [{ slug: "forum", version: ">=1 <2" }] }, "modyard install 'forum@>=1 <2' --deploy prod"],
    [{ upgrade: [{ slug: "forum" }] }, "modyard upgrade forum --deploy prod"],
    [{ uninstall: ["forum"], cascade: true }, "modyard uninstall forum --cascade --deploy prod"],
  ])("says %j as %s", (change, command) => {
    expect(restCommand(after(change))).toBe(command);
  });

  it("goes where the build was to go, on the branch that was named", () => {
    expect(restCommand(after({ install: [{ slug: "forum" }] }, null), "next")).toBe("modyard install forum --no-deploy --ref next");
  });

  it.each([
    ["two verbs", { install: [{ slug: "forum" }], uninstall: ["pages"] }],
    ["an address", { install: [{ slug: "forum", spec: { source: "path" as const, package: "forum", path: "modules/forum" } }] }],
    ["a revision", { upgrade: [{ slug: "forum", rev: "v2" }] }],
  ])("is none where no single command says it: %s", (_, change) => {
    expect(restCommand(after(change))).toBeUndefined();
  });

  it("is none where there is no rest", () => {
    expect(restCommand({ deploy_to: "prod", next: { again: nothing, rest: null } })).toBeUndefined();
    expect(restCommand({ deploy_to: "prod", next: null })).toBeUndefined();
  });
});
