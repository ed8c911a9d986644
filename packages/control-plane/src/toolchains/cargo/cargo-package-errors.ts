import { problem, type Problem } from "../../errors/problem.ts";
import { allOf, type CargoFailure, chainOf, type FailureContext, moduleAmong } from "./cargo-failure.ts";

/** Failures about packages: which there are, in which versions, with which features, and whether they go together. */
export function packageProblem(failure: CargoFailure, context: FailureContext): Problem | undefined {
  return noSuchPackage(failure, context) ?? noSuchVersion(failure, context) ?? noSuchFeature(failure, context) ?? conflict(failure, context) ?? cycle(failure, context) ?? tooNew(failure, context);
}

function noSuchPackage({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const name = /no matching package named `([^`]+)` found/.exec(text)?.[1] ?? /no matching package found\nsearched package name: `([^`]+)`/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const [where = "the registry"] = allOf(text, /^location searched: (.+)$/gm);
  const [by] = chainOf(text);
  const meant = /^perhaps you meant: +(.+)$/m.exec(text)?.[1];
  const inHost = where.startsWith("/") ? context.inHost(where) : undefined;
  const place = inHost ?? (where.startsWith("/") ? "the module's directory" : where.replace(/ \(which is replacing .*\)$/, ""));
  const hint = meant !== undefined ? `Write ${meant} instead.` : where.startsWith("/") || where.startsWith("Git") ? "Write the name that the crate's own Cargo.toml has as `crate` in modules.toml, or correct the path or address." : undefined;
  return problem("package_not_found", `There is no package ${name} in ${place}${by === undefined || by === context.server ? "" : `; ${by} needs it`}`, { ...moduleAmong(context, [name, ...chainOf(text)]), ...(hint === undefined ? {} : { hint }) });
}

function noSuchVersion({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const [, name, requirement = "*"] = /failed to select a version for the requirement `([^ `]+) = "([^"`]+)"/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const versions = allOf(text, /^candidate versions found which didn't match: (.+)$/gm).flatMap((list) => list.split(", ")).filter((version) => version !== "...");
  const [yanked] = allOf(text, /^\s*version (\S+) is yanked$/gm);
  const [by] = chainOf(text);
  const needed = by === undefined || by === context.server ? "" : `; ${by} needs it`;
  const why = yanked === undefined ? "" : `: ${yanked} was withdrawn by its publisher`;
  const hint = versions.length === 0 ? undefined : `Choose one of the versions that there are. The newest are ${versions.join(", ")}.`;
  return problem("version_not_found", `No version of ${name} is in ${requirement}${why}${needed}`, { ...moduleAmong(context, [name, ...chainOf(text)]), ...(hint === undefined ? {} : { hint }), details: { versions } });
}

const featureForms: readonly RegExp[] = [
  /package `([^ `]+)[^`]*` depends on `([^ `]+)` with feature `([^`]+)` but `/,
  /package `([^ `]+)[^`]*` depends on `([^ `]+)`, with features: `([^`]+)` but `/,
];

function noSuchFeature({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const [, by = "", name, feature = ""] = featureForms.map((form) => form.exec(text)).find((match) => match !== null) ?? [];
  if (name === undefined) return undefined;
  const similar = allOf(text, /^\s*package `[^`]+` does have feature `([^`]+)`$/gm);
  const isOptional = /optional dependenc(y|ies)/.test(text);
  const reason = /A required dependency with that name exists/.test(text) ? ", which is a dependency that is always there" : isOptional ? ", which is an optional dependency that other features name" : "";
  const where = by === context.server ? "modules.toml" : `the Cargo.toml of ${by}`;
  const hint = similar.length === 0 ? `Take "${feature}" out of the features of ${name} in ${where}, or write one that the crate has.` : `Did you mean "${similar.join('", "')}"? Correct it in ${where}.`;
  return problem("feature_not_found", `${name} has no feature "${feature}"${reason}${by === context.server ? "" : `; ${by} asks for it`}`, { ...moduleAmong(context, [...(by === context.server ? [name] : []), by, ...chainOf(text), name]), hint, details: { package: name, feature } });
}

function conflict({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  return nativeLibrary(text, context) ?? selectedBefore(text, context);
}

function nativeLibrary(text: string, context: FailureContext): Problem | undefined {
  const [, name, library] = /package `([^ `]+)[^`]*` links to the native library `([^`]+)`, but it conflicts/.exec(text) ?? [];
  const links = library ?? /more than one crate with links=(\S+?)\.?$/m.exec(text)?.[1];
  if (links === undefined) return undefined;
  const other = /links to `[^`]+` as well:\npackage `([^ `]+)/.exec(text)?.[1];
  const who = name === undefined ? "two packages" : `${name} and ${other ?? "another package"}`;
  const chain = chainOf(text);
  return problem("dependency_conflict", `The native library ${links} can be linked once only, and ${who} link it`, { ...moduleAmong(context, [name, other, ...chain]), hint: "Choose versions of the modules that need the same package for it, or leave one of them out." });
}

/** Who wants what: the requirement that cannot be met, and the version that was chosen for another. */
function selectedBefore(text: string, context: FailureContext): Problem | undefined {
  const name = /failed to select a version for `([^ `]+)`/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const [wanted = "another version"] = allOf(text, /^versions that meet the requirements `([^`]+)`/gm);
  const [, selected, version] = /previously selected package `([^ `]+) v([^ `]+)/.exec(text) ?? [];
  const [above = "", beneath = ""] = text.split("previously selected package `");
  const [by] = chainOf(above);
  const [holder] = allOf(beneath, /of package `([^ `]+)/g);
  const held = selected === undefined ? "" : `, but ${holder ?? "another package"} has ${selected} ${version} already`;
  return problem("dependency_conflict", `${by ?? "A package"} needs ${name} ${wanted}${held}`, { ...moduleAmong(context, [name, ...chainOf(above), ...chainOf(beneath)]), details: { package: name, requirement: wanted, ...(version === undefined ? {} : { selected: version }) } });
}

function cycle({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  if (!text.includes("cyclic package dependency")) return undefined;
  const round = allOf(text, /(?:^|of )package `([^ `]+)/gm);
  return problem("dependency_conflict", `Packages depend on each other in a circle: ${[...round].join(" <- ")}`, { ...moduleAmong(context, round), hint: "Take the dependency on the host's program out of the module; what both need belongs into a crate of its own." });
}

function tooNew({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const version = /rustc (\S+) is not supported by the following packages?/.exec(text)?.[1];
  const needs = [...text.matchAll(/^\s*([^ @]+)@(\S+) requires rustc (\S+)/gm)];
  if (version === undefined || needs.length === 0) return undefined;
  const told = needs.map(([, name, own, rust]) => `${name} ${own} needs Rust ${rust}`).join(", ");
  return problem("dependency_conflict", `${told}; this is ${version}`, { ...moduleAmong(context, needs.map(([, name]) => name)), hint: "Build with a newer Rust (rust-toolchain.toml names it), or choose an older version of the package." });
}
