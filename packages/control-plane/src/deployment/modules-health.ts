import { z } from "zod";
import type { ModuleRef } from "../composition/composition.ts";
import { problem, type Problem } from "../errors/problem.ts";

const statusSchema = z.enum(["ok", "unwell"]);

/** What `/health/modules` of a host says. Unknown further fields are let through: hosts may say more. */
export const modulesHealthSchema = z.object({
  status: statusSchema,
  build_id: z.string(),
  release_id: z.string().nullish(),
  modules: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      version: z.string(),
      kind: z.string(),
      status: statusSchema,
      dependencies: z.array(z.string()),
      message: z.string().nullish(),
    }),
  ),
});
export type ModulesHealth = z.infer<typeof modulesHealthSchema>;

/** What a release must report before it may have traffic. */
export interface ExpectedModules {
  readonly buildId: string;
  /** Compared only when the application says which release it is, too. */
  readonly releaseId?: string;
  /** Exactly these slugs in exactly these versions. */
  readonly modules: readonly ModuleRef[];
}

/** Every difference between what was built and what runs, each with the slug of its module; none: this is the composition. */
export function compareModules(expected: ExpectedModules, reported: ModulesHealth): readonly Problem[] {
  const wanted = new Map(expected.modules.map((each) => [each.slug, each.version]));
  const seen = new Map(reported.modules.map((each) => [each.slug, each]));
  return [
    ...identityProblems(expected, reported),
    ...duplicates(reported).map((slug) => smokeProblem(`module "${slug}" is registered more than once`, slug)),
    ...[...wanted].filter(([slug]) => !seen.has(slug)).map(([slug, version]) => smokeProblem(`module "${slug}" ${version} is missing from the running application`, slug)),
    ...[...seen.values()].flatMap((each) => moduleProblems(each, wanted.get(each.slug))),
  ];
}

function identityProblems(expected: ExpectedModules, { build_id, release_id }: ModulesHealth): readonly Problem[] {
  const problems: Problem[] = [];
  if (build_id !== expected.buildId) problems.push(smokeProblem(`the application says it is build ${build_id}, not ${expected.buildId}`));
  if (expected.releaseId !== undefined && typeof release_id === "string" && release_id !== "" && release_id !== expected.releaseId) {
    problems.push(smokeProblem(`the application says it is release ${release_id}, not ${expected.releaseId}`));
  }
  return problems;
}

function moduleProblems(reported: ModulesHealth["modules"][number], wanted: string | undefined): readonly Problem[] {
  const { slug, version, status, message } = reported;
  if (wanted === undefined) return [smokeProblem(`module "${slug}" ${version} runs, but is not in the composition`, slug)];
  const problems: Problem[] = [];
  if (version !== wanted) problems.push(smokeProblem(`module "${slug}" runs in version ${version}, not ${wanted}`, slug));
  if (status !== "ok") problems.push(smokeProblem(`module "${slug}" is unwell${message ? `: ${message}` : ""}`, slug));
  return problems;
}

function duplicates({ modules }: ModulesHealth): readonly string[] {
  const slugs = modules.map((each) => each.slug);
  return [...new Set(slugs.filter((slug, index) => slugs.indexOf(slug) !== index))];
}

function smokeProblem(message: string, module?: string): Problem {
  return problem("smoke_failed", message, module === undefined ? {} : { module });
}
