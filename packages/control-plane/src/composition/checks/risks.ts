import { problem, type Problem } from "../../errors/problem.ts";
import { ofEachModule, type Candidate } from "../candidate.ts";
import { compareVersions } from "../versions.ts";

/** New or changed modules after which there is no way back. */
export function irreversibleMigrations(candidate: Candidate): Problem[] {
  return ofEachModule(candidate, (slug) => {
    const irreversible = candidate.reading(slug)?.descriptor.migrations.policy === "irreversible";
    if (!irreversible || !candidate.wanted.touched.has(slug)) return [];
    return [problem("migration_irreversible", `\`${slug}\` ${candidate.versionOf(slug)} has migrations that cannot be undone: no rollback past this change`, { module: slug })];
  });
}

export function downgrades(candidate: Candidate): Problem[] {
  return ofEachModule(candidate, (slug) => {
    if (!candidate.situation.current.has(slug)) return [];
    const [from, to] = [candidate.versionBefore(slug), candidate.versionOf(slug)];
    if ((compareVersions(to, from, candidate.packageKind) ?? 0) >= 0) return [];
    return [problem("module_downgraded", `\`${slug}\` goes from ${from} back to ${to}`, { module: slug, details: { from, to } })];
  });
}
