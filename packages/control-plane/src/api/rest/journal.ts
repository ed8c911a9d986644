import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { anchorsFile, readAnchors } from "../../journal/anchor.ts";
import { findUnchained, readChain, readChainHead } from "../../journal/chain.ts";
import { chainView, showChain, verificationView } from "../views/journal-chain.ts";
import type { Api } from "./app.ts";

const mostAnchors = 1_000;
const mostUnchained = 100;
const chainQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe("The last position that the reader has."),
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
});

/** What it takes to verify the journal from outside: `modyard journal verify` recomputes it. */
export function journalRoutes(api: Api, { handle: { db }, config: { dataDirectory } }: ControlPlane): void {
  api.get("/journal/verification", { config: { permission: "people.read" }, schema: { operationId: "getJournalVerification", tags: ["journal"], summary: "What the journal's chain is to be compared with", response: { 200: verificationView } } }, async () => {
    const { anchors } = readAnchors(anchorsFile(dataDirectory));
    const head = await readChainHead(db);
    return { head: head ?? null, anchors: anchors.slice(-mostAnchors).map(({ position, hash, at = "" }) => ({ position, hash, at })), unchained: [...(await findUnchained(db, mostUnchained))] };
  });

  api.get("/journal/chain", { config: { permission: "people.read" }, schema: { operationId: "listJournalChain", tags: ["journal"], summary: "The journal as it is chained, oldest first", querystring: chainQuery, response: { 200: chainView } } }, async (request) => showChain(await readChain(db, request.query)));
}
