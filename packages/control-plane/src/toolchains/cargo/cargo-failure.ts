import type { ProblemFacts } from "../../errors/problem.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";

/** What cargo printed about one failure, without colours, passwords and progress. */
export interface CargoFailure {
  /** From the first `error:` on. */
  readonly lines: readonly string[];
  /** The same as one text. */
  readonly text: string;
  /** Everything, with the warnings and git's own words that came before. */
  readonly everything: string;
}

/** What a failure is told with. */
export interface FailureContext {
  readonly modules: readonly ModuleSpec[];
  /** The package that takes the modules as dependencies. */
  readonly server: string;
  /** The path inside the host, with `/`, of a file as cargo names it; undefined outside. */
  readonly inHost: (path: string) => string | undefined;
}

/** `FailureContext.inHost` for a host that cargo sees in this directory, and runs in. */
export function pathsIn(workspace: string): FailureContext["inHost"] {
  return (path) => {
    if (!path.startsWith("/")) return path.startsWith("../") ? undefined : path;
    return path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : undefined;
  };
}

/** Finds where the failure begins. */
export function readFailure(output: readonly string[]): CargoFailure {
  const first = output.findIndex((line) => /^error(\[|:)/.test(line));
  const lines = first === -1 ? output : output.slice(first);
  return { lines, text: lines.join("\n"), everything: output.join("\n") };
}

/** Everything that a pattern's first group finds, in order. */
export function allOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}

/** The packages that the failure leads over, the innermost first: `required by package X`, `of package Y`. */
export function chainOf(text: string): string[] {
  return allOf(text, /(?:required by|of) package `([^ `]+)/g);
}

/** The first of these packages that is a module, as a fact of a problem. */
export function moduleAmong({ modules }: FailureContext, names: readonly (string | undefined)[]): Pick<ProblemFacts, "module"> {
  const slug = names.flatMap((name) => modules.find(({ packageName }) => packageName === name)?.slug ?? [])[0];
  return slug === undefined ? {} : { module: slug };
}

/** The module that holds a file of the host. */
export function moduleHolding({ modules }: FailureContext, file: string): Pick<ProblemFacts, "module"> {
  const slug = modules.find((spec) => [...(spec.path === undefined ? [] : [spec.path.replace(/\/+$/, "")]), `vendor/modules/${spec.slug}`].some((place) => file.startsWith(`${place}/`)))?.slug;
  return slug === undefined ? {} : { module: slug };
}
