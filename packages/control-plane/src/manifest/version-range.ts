import semver from "semver";
import type { PackageKind } from "./manifest.ts";

const PLAIN = /^[\^~=]?(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){0,2}$/;

/**
 * A range as node-semver reads it. Cargo writes `0.1` for what npm writes `^0.1`, and commas where npm has spaces;
 * npm's own ranges stay as they are. Undefined when it is no range.
 */
export function toSemverRange(range: string, kind: PackageKind): string | undefined {
  const trimmed = range.trim();
  if (trimmed === "") return undefined;
  const converted = kind === "cargo" ? trimmed.split(",").map(cargoComparator).join(" ") : trimmed;
  return PLAIN.test(converted) || semver.validRange(converted) !== null ? converted : undefined;
}

function cargoComparator(part: string): string {
  const comparator = part.trim();
  return /^\d/.test(comparator) && !comparator.includes("*") ? `^${comparator}` : comparator;
}

/** Whether either package manager would read this as a version or range: `^1.2`, `>=0.1, <0.2`, `*`. */
export function isVersionRange(range: string): boolean {
  return PLAIN.test(range) || toSemverRange(range, "npm") !== undefined || toSemverRange(range, "cargo") !== undefined;
}
