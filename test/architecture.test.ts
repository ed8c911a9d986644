import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCycles, findImports, readSource, repository, repositoryFiles, type SourceText } from "./support/source-tree.ts";

const controlPlane = "packages/control-plane/src/";
/** What a generator writes has a style of its own. */
const sources = repositoryFiles("packages/*/src/*.ts", "packages/*/src/**/*.ts").filter((path) => !path.includes("/generated/")).map(readSource);
/** What runs in production: tests and their fixtures may reach wherever they like. */
const shipped = sources.filter(({ path }) => !/\.(test|fixtures)\.ts$|\/fixtures\//.test(path));

/** The one-way flow: a folder imports only from folders to its left. */
const stages = ["errors", "manifest", "composition", "codegen", "toolchains", "build", "release", "deployment", "retention"];

/**
 * What each side folder may import beside `errors`. They are in an order of their own: processes and config know nothing of Modyard,
 * the database is typed by the plain values of two stages, and the rest stands on the database.
 */
const sideFolders: Readonly<Record<string, readonly string[]>> = {
  processes: [],
  client: [],
  config: ["processes"],
  database: ["processes", "manifest", "composition"],
  journal: ["database"],
  jobs: ["processes", "database"],
  access: ["database", "journal"],
  telemetry: ["config", "database", "journal", "events"],
  events: ["config", "processes", "database", "journal"],
};

/** Side folders that a stage may use. A stage that is not named is pure: it touches neither database nor processes. */
const sideFoldersOfStages: Readonly<Record<string, readonly string[]>> = {
  toolchains: ["processes"],
  build: ["processes", "database", "journal", "jobs", "events", "telemetry"],
  release: ["processes", "database", "journal", "jobs"],
  deployment: ["processes", "database", "journal", "jobs", "telemetry"],
  retention: ["processes", "database", "journal"],
};

/** These see everything; no stage and no side folder sees them. */
const tops = ["api", "cli", "control-plane.ts", "server.ts", "worker.ts", "worker-process.ts", "recovery.ts", "migrator.ts", "index.ts"];

describe("the one-way flow", () => {
  it("knows every folder of the control plane", () => {
    const folders = new Set(shipped.filter(({ path }) => path.startsWith(controlPlane)).map(({ path }) => folderOf(path)));
    expect([...folders].toSorted()).toEqual([...stages, ...Object.keys(sideFolders), ...tops].toSorted());
  });

  it("lets a folder import only from folders to its left", () => {
    const wrong = shipped.filter(({ path }) => path.startsWith(controlPlane)).flatMap(forbiddenImports);
    expect(wrong).toEqual([]);
  });

  it("lets the database see of the stages their types only", () => {
    const values = shipped
      .filter(({ path }) => path.startsWith(`${controlPlane}database/`))
      .flatMap(({ path, text }) => [...text.matchAll(/^import (?!type )[^;]*from "(?<from>[^"]*\/(?:manifest|composition)\/[^"]*)"/gm)].map(({ groups }) => `${path} -> ${groups?.["from"]}`));
    expect(values).toEqual([]);
  });

  it("keeps the pure stages free of files, processes and the network", () => {
    const effects = /^(?:node:)?(?:fs|fs\/promises|child_process|net|http|https|dgram|dns|worker_threads)$/;
    const wrong = shipped
      .filter(({ path }) => ["errors", "manifest", "composition", "codegen"].includes(folderOf(path)) && path.startsWith(controlPlane))
      .flatMap(({ path, specifiers }) => specifiers.filter((each) => effects.test(each)).map((each) => `${path} -> ${each}`));
    expect(wrong).toEqual([]);
  });

  it("keeps the runtime, which hosts install, apart from the control plane", () => {
    const wrong = sources
      .filter(({ path }) => path.startsWith("packages/runtime/"))
      .flatMap(({ path, specifiers, imports }) => [...specifiers, ...imports].filter((each) => each.includes("control-plane")).map((each) => `${path} -> ${each}`));
    expect(wrong).toEqual([]);
  });

  it("lets the command line and the admin page ask the API by its client alone", () => {
    const askers = [...shipped, ...repositoryFiles("packages/admin-ui/src/**/*.tsx").map(readSource)].filter(({ path }) => path.startsWith(`${controlPlane}cli/`) || path.startsWith("packages/admin-ui/src/"));
    expect(askers.flatMap(byHand)).toEqual([]);
  });

  it("has no import cycles, not even of types", () => {
    expect(findCycles(new Map(sources.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });

  it("imports only files that are there", () => {
    const there = new Set(repositoryFiles());
    expect(shipped.flatMap(({ path, imports }) => imports.filter((each) => !there.has(each)).map((each) => `${path} -> ${each}`))).toEqual([]);
  });
});

describe("house rules", () => {
  it("keeps files short", () => {
    const lines = shipped.map(({ path, text }) => ({ path, count: text.trimEnd().split("\n").length }));
    expect(lines.filter(({ count }) => count > 400)).toEqual([]);
    expect(lines.map(({ count }) => count).toSorted((left, right) => left - right)[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(60);
  });

  it("has named exports and no any", () => {
    const wrong = sources.flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/gm, "");
      return [...code.matchAll(/\bexport default\b|(?::|\bas|<)\s*any\b/g)].map(([match]) => `${path}: ${match}`);
    });
    expect(wrong).toEqual([]);
  });

  it("waits in tests by `eventually` and `until`: vitest's own wait is over in a second, which a busy machine may need", () => {
    const tests = repositoryFiles("packages/*/src/*.test.ts", "packages/*/src/**/*.test.ts", "test/**/*.ts", "scripts/**/*.test.ts").filter((path) => path !== "test/support/eventually.ts");
    expect(tests.length).toBeGreaterThan(200);
    expect(tests.filter((path) => /\bvi\.wait(?:For|Until)\(/.test(readFileSync(join(repository, path), "utf8")))).toEqual([]);
  });

  it("names no package registry's host and no directory of one machine", () => {
    // Put together from parts, so that this file does not name them either.
    const hosts = [["registry", "npmjs", "org"], ["registry", "yarnpkg", "com"], ["npm", "pkg", "github", "com"], ["static", "crates", "io"], ["index", "crates", "io"]].map((parts) => parts.join("."));
    const places = new RegExp(String.raw`(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/[\w.-]+`, "g");
    const wrong = repositoryFiles()
      .filter((path) => !/\.(png|jpg|gif|webp|ico|tgz|woff2?)$/.test(path))
      .flatMap((path) => {
        const text = readFileSync(join(repository, path), "utf8");
        const found = [...hosts.filter((each) => text.includes(each)), ...[...text.matchAll(places)].map(([place]) => place)];
        return found.map((each) => `${path}: ${each}`);
      });
    expect(wrong).toEqual([]);
  });
});

describe("the checks themselves", () => {
  it("sees every form of import, and none in comments", () => {
    const text = ['import { a } from "./a.ts";', "import {\n  type B,\n} from './b.ts';", 'import "./c.ts";', 'export * from "./d.ts";', 'const e = await import("./e.ts");', '// import "./f.ts"', '/** import { g } from "./g.ts" */'];
    expect(findImports(text.join("\n"))).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts"]);
  });

  it("sees cycles of any length", () => {
    const graph = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["a", "d"]], ["d", []], ["e", ["e"]]]);
    expect(findCycles(graph)).toEqual([["a", "b", "c"], ["e"]]);
  });

  it("sees an import to the right", () => {
    expect(forbiddenImports(file("manifest/a.ts", "composition/b.ts"))).toHaveLength(1);
    expect(forbiddenImports(file("composition/a.ts", "database/b.ts"))).toHaveLength(1);
    expect(forbiddenImports(file("deployment/a.ts", "worker.ts"))).toHaveLength(1);
    expect(forbiddenImports(file("journal/a.ts", "build/b.ts"))).toHaveLength(1);
    expect(forbiddenImports(file("deployment/a.ts", "build/b.ts"))).toEqual([]);
    expect(forbiddenImports(file("api/a.ts", "deployment/b.ts"))).toEqual([]);
  });

  it("sees a request by hand", () => {
    expect(byHand(file("cli/a.ts", "api/views/b.ts"))).toHaveLength(1);
    expect(byHand({ ...file("cli/a.ts", "client/b.ts"), text: 'await fetch("/admin/builds"); fetch("/", {}); list.refetch(); this.#fetch("x");' })).toHaveLength(1);
  });
});

/** What sends the client's requests with limits of time and keys. */
const sender = `${controlPlane}cli/client/own-fetch.ts`;

/** How a file of the command line or the admin page talks to the API past its client, or knows the API's insides. The page's own document, `/`, is none of it. */
function byHand({ path, text, imports }: SourceText): readonly string[] {
  const inside = imports.filter((each) => each.startsWith(`${controlPlane}api/`)).map((each) => `${path} -> ${each}`);
  const calls = [...text.matchAll(/(?<![\w.#])(?:fetch\((?!"\/",)|new (?:EventSource|XMLHttpRequest|WebSocket)\b)/g)].map(([call]) => `${path}: ${call}`);
  return path === sender ? inside : [...inside, ...calls];
}

function file(path: string, to: string): SourceText {
  return { path: controlPlane + path, text: "", specifiers: [], imports: [controlPlane + to] };
}

/** The first folder below src, or the file that lies there. */
function folderOf(path: string): string {
  return path.slice(path.indexOf("/src/") + "/src/".length).split("/")[0] ?? "";
}

function forbiddenImports({ path, imports }: SourceText): readonly string[] {
  const folder = folderOf(path);
  if (tops.includes(folder)) return [];
  const side = sideFolders[folder];
  const allowed = side === undefined ? [...stages.slice(0, stages.indexOf(folder)), ...(sideFoldersOfStages[folder] ?? [])] : ["errors", ...side];
  return imports.filter((each) => ![folder, ...allowed].includes(folderOf(each))).map((each) => `${path} -> ${each}`);
}
