import { describe, expect, it } from "vitest";
import type { ComposedModule } from "../../composition/composition.ts";
import type { Problem } from "../../errors/problem.ts";
import { explainCompile } from "./compile.ts";

function module(slug: string, path?: string): ComposedModule {
  const spec = { slug, packageName: `@shop/${slug}`, source: path === undefined ? ("npm" as const) : ("path" as const), ...(path !== undefined && { path }), features: [], required: false, dependsOn: [] };
  return { slug, name: slug, spec, version: "1.0.0", kind: "optional", dependsOn: [], migrationPolicy: "expand" };
}

function explain(line: string): Problem {
  return explainCompile(["> tsc", line], "npm run build", [module("hello", "modules/hello"), module("forum")], "/workspace", new Map()).problems[0];
}

describe("explainCompile", () => {
  it("names the module whose package is there and not compiled, and what to do", () => {
    expect(explain("src/modules/generated.ts(3,39): error TS2307: Cannot find module '@shop/hello' or its corresponding type declarations.")).toMatchObject({
      code: "compile_failed",
      module: "hello",
      location: { file: "src/modules/generated.ts", line: 3, column: 39 },
      hint: "What @shop/hello exports is not there. Let the host's script `build` compile modules/hello before the server, or leave the module out.",
    });
    expect(explain("src/modules/generated.ts(3,39): error TS2307: Cannot find module '@shop/forum' or its corresponding type declarations.").hint).toContain("Publish the package");
  });

  it("names nobody for what the host alone misses, and the owner of a file that is a module's", () => {
    expect(explain("src/main.ts(1,1): error TS2307: Cannot find module 'expres' or its corresponding type declarations.").module).toBeUndefined();
    expect(explain("modules/hello/src/index.ts(1,1): error TS2307: Cannot find module '@shop/forum' or its corresponding type declarations.")).toMatchObject({ module: "hello", hint: expect.stringContaining("Correct the file") });
  });
});
