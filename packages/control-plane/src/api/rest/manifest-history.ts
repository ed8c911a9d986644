import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { fail } from "../../errors/problem.ts";
import { unknownCursor } from "../views/common.ts";
import type { Api } from "./app.ts";

const manifestFile = "modules.toml";
const commitText = /^[0-9a-f]{40,64}$/;

const query = z.object({ limit: z.coerce.number().int().min(1).max(100).default(25), cursor: z.string().max(200).optional(), manifest_ref: z.string().min(1).max(200).optional() });

const changeView = z.object({
  commit: z.string(),
  author: z.string(),
  at: z.string(),
  title: z.string().describe("The first line of the commit's message."),
  reason: z.string().describe("What the message says beside it."),
  build_id: z.string().nullable().describe("The build that made the commit; null: it was made by hand."),
  requested_by: z.array(z.string()),
  diff: z.array(z.string()).describe("Changed lines of modules.toml, each with `+` or `-`, under `@@` lines that say where."),
});
type ChangeView = z.output<typeof changeView>;

/** Who changed the manifest, what, and why: as the host's repository has it. */
export function manifestHistoryRoutes(api: Api, plane: ControlPlane): void {
  const historyView = z.object({ changes: z.array(changeView), next_cursor: z.string().nullable() });
  api.get("/manifest/history", { config: { permission: "read" }, schema: { operationId: "listManifestChanges", tags: ["composition"], summary: "Commits that changed modules.toml, newest first", querystring: query, response: { 200: historyView } } }, async (request) => {
    const { limit, cursor: before, manifest_ref: branch = plane.config.branch } = request.query;
    const tip = await plane.repository.tip(branch);
    if (before !== undefined && !(commitText.test(before) && (await plane.repository.contains(tip, before)))) unknownCursor(before);
    const found = await plane.repository.history(tip, manifestFile, { limit: limit + 1, before });
    const page = found.slice(0, limit);
    return { changes: page.map(({ message, diff, ...each }) => ({ ...each, ...readMessage(message), diff: [...diff] })), next_cursor: found.length > limit ? (page.at(-1)?.commit ?? null) : null };
  });

  const versionView = z.object({ commit: z.string(), text: z.string() });
  const params = z.object({ commit: z.string().regex(commitText).describe("In full, as the history names it.") });
  api.get("/manifest/history/:commit", { config: { permission: "read" }, schema: { operationId: "getManifestVersion", tags: ["composition"], summary: "modules.toml as it was at a commit", params, querystring: query.pick({ manifest_ref: true }), response: { 200: versionView } } }, async (request) => {
    const { commit } = request.params;
    const branch = request.query.manifest_ref ?? plane.config.branch;
    // Of the branch only: a repository may hold more than who reads the manifest is to see.
    const text = (await plane.repository.contains(await plane.repository.tip(branch), commit)) ? await plane.repository.readFile(commit, manifestFile) : undefined;
    return text === undefined ? fail("ref_not_found", `${branch} has no ${manifestFile} at ${commit}`) : { commit, text };
  });
}

const trailer = /^(?<name>Modyard-[A-Za-z]+|Requested-by): (?<value>.*)$/;

/** The parts of a composition commit's message; of a commit by hand, its words. */
function readMessage(message: string): Pick<ChangeView, "title" | "reason" | "build_id" | "requested_by"> {
  const [title = "", ...rest] = message.split("\n");
  const trailers = rest.map((line) => trailer.exec(line)?.groups ?? {});
  const valuesOf = (wanted: string): string[] => trailers.flatMap(({ name, value }) => (name === wanted && value !== undefined ? [value] : []));
  const reason = rest.filter((line) => !trailer.test(line)).join("\n").trim();
  return { title, reason, build_id: valuesOf("Modyard-Build")[0] ?? null, requested_by: valuesOf("Requested-by") };
}
