import { problem, type Problem } from "../errors/problem.ts";
import type { Anchor } from "./anchor.ts";
import { chainHash, noHash } from "./chain-hash.ts";
import type { ChainLink, ChainPlace } from "./chain.ts";

/** Where a journal is read from: the database itself, or the API. */
export interface ChainSource {
  /** The chain's end as it is now; undefined before the first entry. */
  head(): Promise<ChainPlace | undefined>;
  /** The next links after a position, in order; empty at the end. */
  links(after: number): Promise<readonly ChainLink[]>;
  /** Numbers of entries that no link names, some of them. */
  unchained(): Promise<readonly number[]>;
}

/** What became of a verification. */
export interface Verification {
  /** Links that were recomputed. */
  readonly checked: number;
  /** The last link that there is. */
  readonly last: ChainPlace;
  /** What does not fit, by its place; empty: the journal is as it was written. */
  readonly problems: readonly Problem[];
  /** Whether there is more that does not fit. */
  readonly more: boolean;
}

const mostProblems = 100;

/**
 * Recomputes the whole chain, and compares it with the anchors: places whose hash was written down elsewhere. Trusts nothing that
 * the source says of itself.
 */
export async function verifyJournal(source: ChainSource, anchors: readonly Anchor[] = [], told: (checked: number, of: number) => void = () => undefined): Promise<Verification> {
  const end = (await source.head())?.position ?? 0;
  const check = new ChainCheck(anchors);
  for (let links = await source.links(0); links.length > 0; links = await source.links(check.last.position)) {
    for (const link of links) check.add(link);
    told(check.checked, Math.max(end, check.checked));
    // What was appended meanwhile is not looked at, unless an anchor is about it.
    if (check.last.position >= Math.max(end, ...anchors.map(({ position }) => position))) break;
  }
  check.end();
  for (const id of await source.unchained()) check.tell(problem("journal_entry_unchained", `entry ${id} is in no chain: it was inserted past the database's trigger`, { details: { entryId: id } }));
  return check.verification();
}

/** What is known while links are added in their order. */
class ChainCheck {
  last: ChainPlace = { position: 0, hash: noHash };
  checked = 0;
  readonly #anchors: ReadonlyMap<number, readonly Anchor[]>;
  #fits: Anchor | undefined;
  readonly #problems: Problem[] = [];

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = Map.groupBy(anchors, ({ position }) => position);
  }

  tell(found: Problem): void {
    this.#problems.push(found);
  }

  add(link: ChainLink): void {
    const { position, hash, previousHash } = link;
    if (position !== this.last.position + 1) this.#tellGap(link);
    else if (previousHash !== this.last.hash) this.tell(problem("journal_chain_broken", `position ${position} does not continue position ${this.last.position}`, { details: { position } }));
    this.#checkEntry(link);
    this.last = { position, hash };
    this.checked += 1;
    for (const anchor of this.#anchors.get(position) ?? []) this.#checkAnchor(anchor, hash);
  }

  end(): void {
    const { position } = this.last;
    const beyond = [...this.#anchors.values()].flat().filter((anchor) => anchor.position > position);
    const [furthest] = beyond.toSorted((one, other) => other.position - one.position);
    if (furthest !== undefined) this.tell(tailMissing(position, furthest.position, `the anchor ${nameOf(furthest)}`));
  }

  verification(): Verification {
    const problems = this.#problems.slice(0, mostProblems);
    return { checked: this.checked, last: this.last, problems, more: problems.length < this.#problems.length };
  }

  #tellGap({ position }: ChainLink): void {
    const [from, to] = [this.last.position + 1, position - 1];
    if (from > to) this.tell(problem("journal_chain_broken", `position ${position} comes after position ${this.last.position}`, { details: { position } }));
    else this.tell(problem("journal_position_missing", `${from === to ? `position ${from} is` : `positions ${from} to ${to} are`} missing: entries were deleted there`, { details: { position: from, until: to } }));
  }

  #checkEntry({ position, entryId, previousHash, hash, entry }: ChainLink): void {
    const details = { position, entryId };
    if (entry === null) this.tell(problem("journal_entry_missing", `entry ${entryId} at position ${position} is missing: it was deleted`, { details }));
    else if (chainHash(position, previousHash, entry) !== hash) this.tell(problem("journal_entry_changed", `entry ${entryId} at position ${position} is not as it was written`, { details }));
  }

  #checkAnchor(anchor: Anchor, hash: string): void {
    if (anchor.hash === hash) {
      this.#fits = anchor;
      return;
    }
    const since = this.#fits === undefined ? "at or before it" : `after position ${this.#fits.position}, which still fits`;
    this.tell(problem("journal_anchor_mismatch", `the anchor ${nameOf(anchor)} has another hash for position ${anchor.position}: the chain was written anew ${since}`, { details: { position: anchor.position, expected: anchor.hash, found: hash } }));
  }
}

function tailMissing(from: number, until: number, witness: string): Problem {
  return problem("journal_tail_missing", `the chain ends at position ${from}, but ${witness} knows position ${until}: the last ${until - from} are missing`, { details: { position: from + 1, until } });
}

function nameOf({ at, position }: Anchor): string {
  return at === undefined ? `given for position ${position}` : `of ${at}`;
}
