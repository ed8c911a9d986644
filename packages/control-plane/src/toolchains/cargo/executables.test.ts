import { describe, expect, test } from "vitest";
import { chooseNames } from "./executables.ts";
import type { BuiltProgram } from "./rustc-messages.ts";

const built = (...names: readonly string[]): BuiltProgram[] => names.map((name) => ({ packageName: "shop", name, executable: `/target/${name}` }));
const kept = (programs: readonly BuiltProgram[], wanted: readonly string[] = [], defaultRun?: string): Record<string, string> =>
  Object.fromEntries(chooseNames("shop", programs, new Set(wanted), defaultRun).map(({ name, executable }) => [name, executable.replace("/target/", "")]));

describe("of the programs that were built, bin/ has", () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["the only one as the server", kept(built("api")), { server: "api" }],
    ["the package's own as the server, the others by their names", kept(built("shop", "migrate")), { server: "shop", migrate: "migrate" }],
    ["the one of default-run as the server", kept(built("api", "migrate"), [], "api"), { server: "api", migrate: "migrate" }],
    ["the package's own rather than that of default-run", kept(built("api", "shop"), [], "api"), { server: "shop", api: "api" }],
    ["one that is called server rather than that of default-run", kept(built("api", "server"), [], "api"), { server: "server", api: "api" }],
    ["the package's own where default-run was not built", kept(built("shop", "migrate"), [], "gone"), { server: "shop", migrate: "migrate" }],
    ["none as the server where nobody says which", kept(built("api", "migrate")), { api: "api", migrate: "migrate" }],
    ["the server by its own name, too, where modyard.toml names it", kept(built("shop"), ["shop"]), { server: "shop", shop: "shop" }],
    ["the one that is called so", kept(built("server", "migrate")), { server: "server", migrate: "migrate" }],
    ["only the application's, whatever else was built", kept([...built("shop"), { packageName: "xtask", name: "xtask", executable: "/target/xtask" }]), { server: "shop" }],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
