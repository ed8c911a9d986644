import semver from "semver";
import { problem, type Problem } from "../../../errors/problem.ts";
import { editManifest } from "../../../manifest/edit/edit-manifest.ts";
import type { PackageKind } from "../../../manifest/manifest.ts";
import { specSchema } from "../../../manifest/schema/module-spec.ts";
import { appText, slugText, targetText } from "../../../manifest/schema/values.ts";
import { toSpec } from "../../../manifest/spec-values.ts";
import type { Found, ServerFound } from "../found.ts";
import type { Candidate } from "./candidates.ts";
import { decisionsOf, formatDraft, type DraftEntry, type DraftTable } from "./draft.ts";
import type { ModuleFound } from "./module-found.ts";
import type { ProposedFile } from "./proposal.ts";

const COMMENT = "Which modules are in this build. The only source of truth.";

/** Which modules a manifest is made from, and which of them cannot be in it. */
export interface Selection {
  readonly modules: readonly ModuleFound[];
  /** Modules of the repository that are not in the build. */
  readonly others: readonly ModuleFound[];
  readonly problems: readonly Problem[];
  readonly because: string;
}

/** Those that the server depends on are installed; where it depends on none, all are. */
export function selectModules(found: readonly ModuleFound[], kind: PackageKind): Selection {
  const sorted = found.toSorted((a, b) => (a.spec.slug < b.spec.slug ? -1 : a.spec.slug > b.spec.slug ? 1 : 0));
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const fit = sorted.filter((each) => {
    const reason = taken.has(each.spec.slug) ? "another module has this slug" : refused(each, kind);
    if (reason === undefined) taken.add(each.spec.slug);
    else problems.push(problem("module_left_out", `${each.at} is left out of modules.toml: ${reason}`));
    return reason === undefined;
  });
  const anyDeclared = fit.some(({ declared }) => declared);
  const isInstalled = ({ declared }: ModuleFound): boolean => declared || !anyDeclared;
  const because = anyDeclared ? "modules that the server depends on now" : "every module of this repository, since the server depends on none yet";
  return { modules: fit.filter(isInstalled), others: fit.filter((each) => !isInstalled(each)), problems, because };
}

/** Why a module cannot stand in a manifest: the manifest's own rules decide. */
function refused({ spec }: ModuleFound, kind: PackageKind): string | undefined {
  const slug = slugText.safeParse(spec.slug);
  const parsed = specSchema.safeParse(writtenOf(spec, kind));
  return (slug.error ?? parsed.error)?.issues[0]?.message;
}

function writtenOf({ slug: _slug, packageName, features, ...rest }: ModuleFound["spec"], kind: PackageKind) {
  return { [kind === "cargo" ? "crate" : "package"]: packageName, ...rest, ...(features.length === 0 ? {} : { features: [...features] }) };
}

/** modules.toml: the server, its target and its modules. */
export function manifestFile(found: Found, server: ServerFound, candidate: Candidate, selection: Selection): ProposedFile {
  const kind = server.toolchain;
  const app = appText.safeParse(candidate.name).success ? candidate.name : "server";
  const enabled = enabledEntry(server, selection);
  const target = targetEntry(found, server);
  const tables: DraftTable[] = [
    { table: [], entries: [{ key: "schema", value: 1 }, { key: "app", value: app, because: app === candidate.name ? `the name of the server's ${kind === "cargo" ? "crate" : "package"}` : "the server's own name cannot stand here" }] },
    { table: ["build"], entries: [...target, { key: "profile", value: "release", because: "optimised, as users get it" }] },
    { table: ["modules"], entries: [] },
    { table: ["settings"], entries: [enabled] },
  ];
  const edits = selection.modules.map(({ spec }) => ({ kind: "add" as const, packageKind: kind, spec: toSpec(spec.slug, specSchema.parse(writtenOf(spec, kind))) }));
  const because = selection.modules.length === 0 ? "none was found; `modyard install` adds them" : selection.because;
  const decisions = decisionsOf([...tables.slice(0, 2), { table: [], entries: [{ key: "modules", value: "", because }] }, ...tables.slice(3)]);
  return { path: "modules.toml", text: editManifest(formatDraft(COMMENT, tables), edits), decisions };
}

/** A registry that is there says what new tenants start with; otherwise they start with everything. */
function enabledEntry({ registry }: ServerFound, { modules }: Selection): DraftEntry {
  const slugs = modules.map(({ spec }) => spec.slug);
  const written = /(?:export const defaultEnabled|pub const DEFAULT_ENABLED)[^=]*= &?\[([^\]]*)\]/.exec(registry?.text ?? "")?.[1];
  if (written === undefined) return { key: "default_enabled", value: slugs, because: slugs.length === 0 ? "modules that a new tenant starts with" : "a new tenant starts with all of them; take out what it should not have" };
  const named = new Set([...written.matchAll(/"([a-z][a-z0-9_-]*)"/g)].map((match) => match[1]));
  return { key: "default_enabled", value: slugs.filter((slug) => named.has(slug)), because: "as the generated registry has it" };
}

/** Node's least major version of `engines`, cargo's configured target. */
function targetEntry({ packages, cargo }: Found, { toolchain, directory }: ServerFound): DraftEntry[] {
  if (toolchain === "cargo") return cargo?.target === undefined || !targetText.safeParse(cargo.target).success ? [] : [{ key: "target", value: cargo.target, because: "[build] target of .cargo/config.toml" }];
  const engines = [directory, ""].map((at) => packages.find((each) => each.directory === at)?.node).find((node) => node !== undefined);
  const major = leastMajor(engines);
  return major === undefined ? [] : [{ key: "target", value: `node${major}`, because: `engines.node is "${engines ?? ""}"` }];
}

/** The least major version that a range of Node versions allows; undefined where it does not say. */
export function leastMajor(range: string | undefined): number | undefined {
  const least = range === undefined || semver.validRange(range) === null ? undefined : semver.minVersion(range)?.major;
  return least === undefined || least < 10 ? undefined : least;
}
