import { problem, type Problem } from "../../errors/problem.ts";
import type { Candidate } from "../candidate.ts";
import { dependentsIn } from "../dependencies.ts";
import { didYouMean } from "../did-you-mean.ts";
import { listed } from "../situation.ts";
import { sortedUnique } from "../text-order.ts";

/** Every dependency must be among the modules. What the change itself takes out is told by the uninstall. */
export function missingDependencies(candidate: Candidate): Problem[] {
  const { modules, removed } = candidate.wanted;
  const dependents = dependentsIn(candidate.graph);
  return sortedUnique(dependents.keys())
    .filter((slug) => !modules.has(slug) && !(removed.has(slug) && candidate.situation.change.modules === undefined))
    .map((slug) => missing(candidate, slug, dependents.get(slug) ?? []));
}

function missing(candidate: Candidate, slug: string, needing: readonly string[]): Problem {
  const { catalog, current } = candidate.situation;
  const verb = needing.length === 1 ? "needs" : "need";
  const offered = catalog.has(slug);
  const guess = offered ? "" : didYouMean(slug, [...catalog.keys(), ...current.keys()]);
  return problem("dependency_missing", `${listed(needing)} ${verb} \`${slug}\`, which is not among the modules.${guess}`, {
    module: slug,
    details: { needed_by: needing, offered },
    ...(offered ? { hint: `Install \`${slug}\` as well; the catalog has it.` } : {}),
  });
}
