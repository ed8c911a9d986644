import semver from "semver";
import type { PackageKind } from "../manifest/manifest.ts";
import { toSemverRange } from "../manifest/version-range.ts";

/** Pre-releases count like any version: a module at 2.0.0-beta.1 is newer than every 1.x. */
const options = { includePrerelease: true };

/** Whether a version lies in a range; `unknown` when the version says too little, `invalid` when the range is none. */
export type RangeAnswer = "inside" | "outside" | "unknown" | "invalid";

/** Ranges are few and asked for again and again: each is parsed once in a plan's life, and the store is kept small. */
const parsed = new Map<string, semver.Range | null>();

/** A range as either package manager writes it: descriptors of npm modules may have the seeds' commas. */
function parseRange(range: string, kind: PackageKind): semver.Range | null {
  const key = `${kind} ${range}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const text = toSemverRange(range, kind) ?? toSemverRange(range, "cargo");
  const result = text === undefined ? null : new semver.Range(text, options);
  if (parsed.size > 10_000) parsed.clear();
  parsed.set(key, result);
  return result;
}

/** `version` is exact, or (before `resolve`) a range as written, which then must meet the other range. */
export function answerRange(version: string, range: string, kind: PackageKind = "npm"): RangeAnswer {
  const wanted = parseRange(range, kind);
  if (wanted === null) return "invalid";
  const exact = semver.parse(version);
  if (exact !== null) return wanted.test(exact) ? "inside" : "outside";
  const offered = parseRange(version, kind);
  if (offered === null || offered.range === "") return "unknown";
  return offered.intersects(wanted) ? "inside" : "outside";
}

/** The least version that a version or range allows; undefined when it names none (`*`, a git revision, a path). */
function leastVersion(version: string, kind: PackageKind): semver.SemVer | undefined {
  const exact = semver.parse(version);
  if (exact !== null) return exact;
  const range = parseRange(version, kind);
  return range === null || range.range === "" ? undefined : (semver.minVersion(range) ?? undefined);
}

/** Like a sort function, over the least versions; undefined when one of them names no version. */
export function compareVersions(a: string, b: string, kind: PackageKind = "npm"): number | undefined {
  const left = leastVersion(a, kind);
  const right = leastVersion(b, kind);
  return left === undefined || right === undefined ? undefined : semver.compare(left, right);
}

/** Whether the text allows one version only. A bare version does so for npm; cargo reads it as a caret range. */
export function isExactVersion(version: string, kind: PackageKind = "npm"): boolean {
  return semver.valid(kind === "npm" ? version : version.replace(/^=\s*/, "")) !== null && (kind === "npm" || version.startsWith("="));
}

/** The text that allows this version only. */
export function pinTo(version: string, kind: PackageKind = "npm"): string {
  return kind === "npm" ? version : `=${version}`;
}

/**
 * The range with its lower end at `version`, which lies in it: `^1.0.0` and 1.1.0 make `^1.1.0`. What has no such form is
 * narrowed to a caret or tilde range that lies in it, or else to the version itself. An exact version stays as it is.
 */
export function raiseRange(range: string, version: string, kind: PackageKind = "npm"): string {
  const whole = parseRange(range, kind);
  if (whole === null || isExactVersion(range, kind)) return range;
  const operator = /^(\^|~|>=)?\s*v?\d[\w.+-]*$/.exec(range.trim())?.[1];
  const bare = kind === "cargo" && /^\d/.test(range.trim()) && !range.includes(",") ? [version] : [];
  const forms = [...bare, ...(operator === undefined ? [] : [`${operator}${version}`]), `^${version}`, `~${version}`];
  const inside = (form: string): boolean => semver.subset(parseRange(form, kind) ?? "<0.0.0-0", whole, options);
  return forms.find(inside) ?? pinTo(version, kind);
}
