import { expect } from "vitest";
import { z } from "zod";
import { noChange } from "../../packages/control-plane/src/composition/change.ts";
import { newUuid } from "../../packages/control-plane/src/database/identifiers.ts";
import type { TestApi } from "./api.ts";

const answerSchema = z.strictObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.strictObject({
        message: z.string(),
        locations: z.unknown().optional(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.strictObject({ code: z.string(), title: z.string(), hint: z.string().min(1), problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).optional() })).min(1) }),
      }),
    )
    .optional(),
});

/** An answer to a GraphQL request. Every error has a code of the catalogue, what to do, and nothing of the program's inside. */
export interface GraphqlAnswer extends z.output<typeof answerSchema> {
  readonly status: number;
}

/** Asks as the administrator, or as the headers say. */
export async function askGraphql(api: TestApi, query: string, variables: Readonly<Record<string, unknown>> = {}, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
  const response = await api.ask("POST", "/graphql", { query, variables }, headers);
  return { status: response.statusCode, ...answerSchema.parse(response.json()) };
}

/** The data of an answer without errors. */
export async function askForData<T>(api: TestApi, query: string, variables: Readonly<Record<string, unknown>> = {}, headers: Record<string, string> = {}): Promise<T> {
  const { status, data, errors } = await askGraphql(api, query, variables, headers);
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  return data as T;
}

/** The codes of an answer's errors. */
export function codesOf({ errors = [] }: GraphqlAnswer): readonly string[] {
  return errors.map(({ extensions }) => extensions.code);
}

const module = { slug: "forum", name: "Forum", version: "1.0.0", kind: "optional", dependsOn: ["content"], migrationPolicy: "none", spec: { slug: "forum", packageName: "@x/forum", source: "npm", version: "^1.0.0", features: [], required: false, dependsOn: [] } };
const composition = JSON.stringify({ app: "test", manifestHash: "0".repeat(64), modules: [module], defaultEnabled: ["forum"] });

function releaseOf(buildId: string): string {
  return `rel_${buildId.replaceAll("-", "")}`;
}

/** Rows as workers would have left them: builds, each with steps, a request, releases and deployments in `prod`; the newest release is active. */
export async function insertHistory(api: TestApi, number: number): Promise<readonly string[]> {
  const { db } = api.plane.handle;
  const ids = Array.from({ length: number }, newUuid);
  const delta = JSON.stringify({ added: [{ slug: "forum", version: "1.0.0" }], removed: [], changed: [] });
  await db.insertInto("builds").values(ids.map((id, index) => ({ id, status: "success", stage: "complete", progress: 100, profile: "monolith", manifestRef: "main", manifestHash: "0".repeat(64), change: JSON.stringify(noChange), modulesDelta: delta, composition, requestedBy: "ada", reason: "test", attempt: 1, unfoldedFrom: ids[index - 1] ?? null }))).execute();
  await db.insertInto("buildSteps").values(ids.flatMap((buildId) => ["checkout", "render"].map((name, position) => ({ buildId, attempt: 1, position: position + 1, name, status: "success", startedAt: new Date() })))).execute();
  const requester = JSON.stringify({ kind: "token", id: newUuid(), name: "ada" });
  await db.insertInto("buildRequests").values(ids.map((buildId) => ({ buildId, position: 1, requestedBy: "ada", tokenName: "ada", reason: "test", change: JSON.stringify(noChange), requester }))).execute();
  await db.insertInto("buildLogs").values(ids.flatMap((buildId) => [1, 2, 3].map((line) => ({ buildId, line, step: "checkout", stream: "stdout", at: new Date(), text: `line ${line}` })))).execute();
  await db.updateTable("releases").set({ status: "superseded", updatedAt: new Date() }).where("status", "=", "active").execute();
  const releases = ids.map((buildId, index) => ({ id: releaseOf(buildId), status: index === ids.length - 1 ? "active" : "superseded", buildId, environment: "prod", artifactDigest: "1".repeat(64), surfaces: "[]", manifestHash: "0".repeat(64), sourceCommit: "2".repeat(40), composition, previousReleaseId: index === 0 ? null : releaseOf(ids[index - 1] ?? "") }));
  await db.insertInto("releases").values(releases).execute();
  await db.insertInto("deployments").values(ids.map((buildId, index) => ({ id: newUuid(), status: "success", kind: "deploy", environment: "prod", releaseId: releaseOf(buildId), buildId, fromReleaseId: index === 0 ? null : releaseOf(ids[index - 1] ?? ""), steps: "[]", requestedBy: "ada", reason: "test" }))).execute();
  return ids;
}
