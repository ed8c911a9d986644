import { posix } from "node:path";
import { PRESETS } from "../../../manifest/presets.ts";
import type { Found, PackageFound, ServerFound } from "../found.ts";
import type { DraftEntry, DraftTable } from "./draft.ts";
import { compiledTo, startCommand } from "./npm-start.ts";
import { surfaceTables } from "./npm-surfaces.ts";

/** The tables of modyard.toml for a Node host: what its preset does not say already. */
export function npmHostTables(found: Found, server: ServerFound): readonly DraftTable[] {
  const root = found.packages.find(({ directory }) => directory === "");
  const own = found.packages.find(({ directory }) => directory === server.directory) ?? { directory: server.directory, ...emptyPackage };
  const preset = server.directory === "" ? "npm" : "npm-workspaces";
  return [
    { table: [], entries: [{ key: "schema", value: 1 }, { key: "preset", value: preset, because: presetReason(server, root) }, catalogs(found)] },
    { table: ["registry"], entries: registryEntries(found, server, PRESETS[preset].registry.output) },
    { table: ["surfaces", "server"], entries: serverEntries(root, own, server) },
    ...surfaceTables(found, server),
    { table: ["environments", "prod"], entries: [{ key: "listen", value: "127.0.0.1:8080", because: "where users reach it; choose another address if this one is taken" }] },
    ...environmentTables(own),
  ].filter(({ entries }) => entries.length > 0);
}

const emptyPackage = { workspaces: [], scripts: {}, dependencies: {}, peerDependencies: {}, devDependencies: {} };

function presetReason({ directory }: ServerFound, root: PackageFound | undefined): string {
  if (directory === "") return "package.json of the root is the server's own";
  const globs = root?.workspaces ?? [];
  return globs.length === 0 ? `the server is a package of its own in ${directory}` : `package.json has workspaces (${globs.slice(0, 3).join(", ")}${globs.length > 3 ? ", …" : ""})`;
}

/** Shared with cargo hosts: a catalog that is named must be there. */
export function catalogs({ rootFiles }: Found): DraftEntry {
  return rootFiles.includes("marketplace.toml")
    ? { key: "catalogs", value: ["marketplace.toml"], because: "it is there" }
    : { key: "catalogs", value: [], because: "there is no marketplace.toml; name one here when modules are to be installed by name" };
}

function registryEntries(found: Found, server: ServerFound, usual: string): DraftEntry[] {
  const { output, because } = registryOutput(found, server);
  return [
    ...(output === usual ? [] : [{ key: "output", value: output, because }]),
    ...(found.references === undefined ? [] : [{ key: "references", value: found.references, because: "it refers to the modules that are compiled here" }]),
  ];
}

/** Where the registry goes: where it is already, or else beside the server's sources. */
function registryOutput(found: Found, server: ServerFound): { readonly output: string; readonly because: string } {
  if (server.registry !== undefined) return { output: server.registry.path, because: "Modyard wrote it there before" };
  const file = `generated.${extensionOf(found, server)}`;
  const language = server.isTypeScript ? "" : "; the server is JavaScript";
  if (server.hasSrc) return { output: posix.join(server.directory, "src/modules", file), because: `the server's sources are in src${language}` };
  // A server without src may keep its path modules in `modules`.
  const taken = found.packages.some(({ directory }) => directory.startsWith(posix.join(server.directory, "modules/")));
  return { output: posix.join(server.directory, taken ? "registry" : "modules", file), because: `the server has no src directory${language}` };
}

/** The registry is an ES module, which a CommonJS package has as `.mjs`. */
function extensionOf({ packages }: Found, { directory, isTypeScript }: ServerFound): string {
  if (isTypeScript) return "ts";
  return packages.find((each) => each.directory === directory)?.type === "module" ? "js" : "mjs";
}

function serverEntries(root: PackageFound | undefined, own: PackageFound, server: ServerFound): DraftEntry[] {
  const directory = server.directory === "" ? "." : server.directory;
  const start = startCommand(own, server);
  const output = compiledTo(own, server);
  const usual = PRESETS["npm-workspaces"].surfaces.server;
  return [
    ...(directory === usual?.directory || directory === "." ? [] : [{ key: "directory", value: directory, because: "the server is there, not in apps/server" }]),
    ...commandEntry("build", root, own, server),
    ...commandEntry("test", root, own, server),
    ...(same(output.value, ["dist"]) ? [] : [{ key: "output", ...output }]),
    ...(same(start.value, usual?.start ?? []) ? [] : [{ key: "start", ...start }]),
  ];
}

/** The preset runs the root's scripts; where the root has none, the server's, or none. */
function commandEntry(script: "build" | "test", root: PackageFound | undefined, own: PackageFound, { directory }: ServerFound): DraftEntry[] {
  if (root?.scripts[script] !== undefined) return [];
  if (directory !== "" && own.scripts[script] !== undefined) return [{ key: script, value: ["npm", "run", script, "--workspace", directory], because: `only ${directory} has a ${script} script, the root has none` }];
  return [{ key: script, value: ["npm", "run", script, "--if-present"], because: `package.json has no ${script} script` }];
}

/** What a start script sets for itself is the environment's to set. */
function environmentTables({ scripts }: PackageFound): DraftTable[] {
  const mode = /^(?:cross-env )?NODE_ENV=([a-z]+) /.exec(scripts["start"] ?? "")?.[1];
  return mode === undefined ? [] : [{ table: ["environments", "prod", "env"], entries: [{ key: "NODE_ENV", value: mode, because: "the start script sets it" }] }];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
