import type { TargetRecord } from "./target-record.ts";
import type { FoundSlot } from "./target-slots.ts";

/** No build waits longer than this for a directory, in milliseconds: then it starts from less, or from nothing. */
const longestWait = 60_000;

/** What a build wants to compile, and where. */
export interface TargetWish {
  readonly workspace: string;
  /** Everything that the contents depend on beside sources: tools, places. */
  readonly identity: string;
  /** Identities of all packages that the build may compile. */
  readonly packages: ReadonlySet<string>;
  /** Those of them that only modules bring along. */
  readonly modules: ReadonlySet<string>;
  /** `any`: also what earlier builds left. `own`: only what this workspace's last step left. `none`: an empty one. */
  readonly start: "any" | "own" | "none";
  /** Whether an earlier step of this build compiled already: it goes on where that ended. */
  readonly goesOn: boolean;
}

/** The directories that the build may start from, best first: its own; then those with most of its modules, youngest first. */
export function candidates(slots: readonly FoundSlot[], wish: TargetWish): readonly FoundSlot[] {
  if (wish.start === "none") return [];
  const worth = ({ record }: FoundSlot): number => (wish.goesOn && record?.workspace === wish.workspace ? Infinity : (record?.modules.length ?? 0));
  return slots.filter(({ record }) => fits(record, wish)).toSorted((a, b) => (worth(a) === worth(b) ? 0 : worth(b) - worth(a)));
}

/** Whether nothing is in the directory that the build must not get. Times of one that is younger than now say nothing: the clock was set back. */
export function fits(record: TargetRecord | undefined, { identity, packages, workspace, start }: TargetWish): record is TargetRecord {
  if (record === undefined || record.identity !== identity || record.usedAt > Date.now()) return false;
  return record.modules.every((module) => packages.has(module)) && (start === "any" || record.workspace === workspace);
}

/** Whether the build may go on in the directory itself. Otherwise in a copy: what has none of its new modules stays, and so does what another build will test. */
export function mayUse(record: TargetRecord, { modules, workspace }: TargetWish): boolean {
  return [...modules].every((module) => record.modules.includes(module)) && (!record.awaited || record.workspace === workspace);
}

/** Which of the directories in use are worth waiting for, and how long (milliseconds): never longer than starting from nothing takes. */
export function worthWaiting(busy: readonly FoundSlot[]): { readonly names: readonly string[]; readonly milliseconds: number } {
  const milliseconds = Math.min(longestWait, Math.max(0, ...busy.map(({ record }) => record?.longest ?? 0)));
  return { names: busy.map(({ name }) => name), milliseconds };
}
