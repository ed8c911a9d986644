import type { Plan } from "../composition/plan.ts";
import { problem, type Problem } from "../errors/problem.ts";
import { printProblems } from "./print-problems.ts";
import type { Output } from "./terminal.ts";

/** What of a plan people are shown. */
export type ShownPlan = Pick<Plan, "delta" | "alongInstalled" | "alongUninstalled" | "warnings" | "blockers" | "unverified" | "planHash" | "order">;

/** Prints a plan for people: what changes, what comes along, what stands in the way. */
export function printPlan(output: Output, plan: ShownPlan): void {
  const { colors } = output;
  const lines = deltaLines(output, plan);
  // What nobody can do changes nothing either: the blockers say enough.
  if (lines.length > 0 || plan.blockers.length === 0) {
    output.line(lines.length === 0 ? "Nothing changes." : colors.bold("Modules"));
    for (const line of lines) output.line(`  ${line}`);
    output.line();
  }
  printProblems(output, warningsToTell(plan), "warning");
  printProblems(output, plan.blockers, "error");
  output.line(verdict(output, plan));
}

function deltaLines({ colors }: Output, { delta, alongInstalled, alongUninstalled }: ShownPlan): string[] {
  const along = (slug: string, slugs: readonly string[]): string => (slugs.includes(slug) ? colors.dim(" (comes along)") : "");
  return [
    ...delta.added.map(({ slug, version }) => `${colors.green(`+ ${slug}`)} ${version}${along(slug, alongInstalled)}`),
    ...delta.removed.map(({ slug, version }) => `${colors.red(`- ${slug}`)} ${version}${along(slug, alongUninstalled)}`),
    ...delta.changed.map(({ slug, from, to, keys }) => `${colors.yellow(`~ ${slug}`)} ${from} → ${to}${keys === undefined ? "" : colors.dim(` (${keys.join(", ")})`)}`),
  ];
}

/** Descriptors of more modules than this that could not be read are told in one word: a host whose packages are not installed has many. */
const TOLD_ONE_BY_ONE = 3;

/** Where a blocker says why a descriptor could not be read, that is enough. */
function warningsToTell({ warnings, unverified, blockers }: ShownPlan): readonly Problem[] {
  const blocked = new Set(blockers.map(({ module }) => module));
  const slugs = unverified.filter((slug) => !blocked.has(slug));
  if (slugs.length <= TOLD_ONE_BY_ONE) return warnings.filter(({ code, module }) => code !== "descriptor_unverified" || !blocked.has(module));
  const all = problem("descriptor_unverified", `not checked, since no descriptor could be read: ${slugs.join(", ")}`);
  return [...warnings.filter(({ code }) => code !== "descriptor_unverified"), all];
}

function verdict({ colors }: Output, { blockers, planHash, order }: ShownPlan): string {
  const hash = colors.dim(`plan ${planHash.slice(0, 12)}`);
  if (blockers.length === 0) return `${colors.green("✓")} This can be built: ${order.length === 1 ? "1 module" : `${order.length} modules`}. ${hash}`;
  return `${colors.red("✗")} This cannot be built: ${blockers.length === 1 ? "1 blocker" : `${blockers.length} blockers`}. ${hash}`;
}
