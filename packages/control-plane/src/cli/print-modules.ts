import { posix } from "node:path";
import { table, visibleWidth } from "./table.ts";
import type { Output } from "./terminal.ts";
import { wrapText } from "./wrap-text.ts";

/** A module of the manifest as `list-modules` shows it. */
export interface ListedModule {
  readonly slug: string;
  readonly package: string;
  readonly source: string;
  readonly version: string | null;
  readonly git: string | null;
  readonly rev: string | null;
  readonly path: string | null;
  readonly features: readonly string[];
  readonly kind: "core" | "optional";
  readonly runtime: string | null;
  readonly depends_on: readonly string[];
  readonly default_enabled: boolean;
}

/** The least room in which text beside the first columns can still be read. */
const LEAST_ROOM = 30;

/** Prints one line for each module, or more where the terminal is too narrow for the table. */
export function printModules(out: Output, modules: readonly ListedModule[]): void {
  const lines = wideLines(modules, out.colors.dim);
  const fits = out.columns === undefined || Math.max(...lines.map(visibleWidth)) <= out.columns;
  for (const line of fits ? lines : narrowLines(modules, out.columns ?? 80, out.colors.dim)) out.line(line);
}

type Style = (text: string) => string;

/** The longest column comes last. */
function wideLines(modules: readonly ListedModule[], dim: Style): string[] {
  const rows = modules.map((module) => [module.slug, marks(module), withFeatures(module), module.source, wanted(module), module.depends_on.join(", ")]);
  return table(["MODULE", "KIND", "PACKAGE", "SOURCE", "VERSION", "NEEDS"], rows, dim);
}

/** Where each module comes from on its line, what it needs below. */
function narrowLines(modules: readonly ListedModule[], columns: number, dim: Style): string[] {
  const heads = table(["MODULE", "KIND", "FROM"], modules.map((module) => [module.slug, marks(module), ""]), (text) => text);
  const [head = "", ...names] = heads;
  const beside = head.indexOf("FROM");
  const indent = columns - beside < LEAST_ROOM ? 4 : beside;
  const lines = modules.flatMap((module, index) => {
    const [first = "", ...more] = wrapText(from(module), columns - indent, columns - beside);
    const needs = module.depends_on.length === 0 ? [] : wrapText(`needs ${module.depends_on.join(", ")}`, columns - indent);
    return [`${(names[index] ?? "").padEnd(beside)}${first}`, ...[...more, ...needs.map(dim)].map((line) => " ".repeat(indent) + line)];
  });
  return [dim(head), ...lines];
}

/** What is particular about a module: always on (`core`, `extension`), or on for new tenants (`default`). */
function marks({ kind, runtime, default_enabled: isDefault }: ListedModule): string {
  return [kind === "core" ? "core" : "", runtime ?? "", isDefault ? "default" : ""].filter((mark) => mark !== "").join(", ");
}

function withFeatures({ package: name, features }: ListedModule): string {
  return features.length === 0 ? name : `${name} (${features.join(", ")})`;
}

/** What the manifest asks for: a range, a revision, a directory. */
function wanted({ version, rev, path }: ListedModule): string {
  return version ?? rev ?? path ?? "";
}

/** A directory says its package's name unless it is called otherwise. */
function from(module: ListedModule): string {
  const { source, git, rev, path } = module;
  if (path !== null) return posix.basename(path) === module.package && module.features.length === 0 ? path : `${path} ${withFeatures(module)}`;
  return git === null ? `${withFeatures(module)} ${wanted(module)} (${source})` : `${withFeatures(module)} ${git} at ${rev ?? ""}`;
}
