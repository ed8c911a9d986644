import { z } from "zod";
import type { ControlPlane } from "../../control-plane.ts";
import { anchorsFile, readAnchors } from "../../journal/anchor.ts";
import { findUnchained, readChain, readChainHead } from "../../journal/chain.ts";
import { verifyJournal, type Verification } from "../../journal/verify.ts";
import { snakeCase } from "../snake-case.ts";
import { problemView } from "../views/common.ts";
import { chainView, showChain, verdictView, verificationView } from "../views/journal-chain.ts";
import type { Api } from "./app.ts";

const mostAnchors = 1_000;
const mostUnchained = 100;
const linksAtOnce = 1_000;
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

  let verifying: Promise<Verification> | undefined;
  const verify = async (): Promise<Verification> => {
    const source = { head: () => readChainHead(db), links: (after: number) => readChain(db, { after, limit: linksAtOnce }), unchained: () => findUnchained(db, mostUnchained) };
    return verifyJournal(source, readAnchors(anchorsFile(dataDirectory)).anchors);
  };
  const verdict = "The server's own word, for who looks at a page of it. Who does not trust the server recomputes the chain with `modyard journal verify`.";
  api.get("/journal/verdict", { config: { permission: "people.read" }, schema: { operationId: "verifyJournal", tags: ["journal"], summary: "Recompute the journal's chain, and tell what does not fit", description: verdict, response: { 200: verdictView } } }, async () => {
    // Whoever asks meanwhile gets the same answer.
    verifying ??= verify().finally(() => (verifying = undefined));
    const { checked, last, problems, more } = await verifying;
    return { fits: problems.length === 0, checked, head: { ...last }, problems: problems.map((each) => problemView.parse(snakeCase(each))), more };
  });

  api.get("/journal/chain", { config: { permission: "people.read" }, schema: { operationId: "listJournalChain", tags: ["journal"], summary: "The journal as it is chained, oldest first", querystring: chainQuery, response: { 200: chainView } } }, async (request) => showChain(await readChain(db, request.query)));
}
