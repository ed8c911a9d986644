import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cratesWithNewFiles, settleTimes } from "./freshness.ts";
import { candidates, fits, mayUse, type TargetWish, worthWaiting } from "./target-choice.ts";
import { type TargetRecord, writeRecord } from "./target-record.ts";
import { type FoundSlot, type HeldSlot, type Patience, TargetSlots } from "./target-slots.ts";

/** How a step that used a target directory ended. */
export interface TargetUse {
  /** Directories of the crates in which it left files of its own. */
  readonly generating: readonly string[];
  /** Milliseconds that compiling took. */
  readonly took: number;
  /** Whether this build has another step that goes on here. */
  readonly awaited: boolean;
}

/** A target directory that one step has for itself. */
export interface TargetSlot {
  /** Absolute path on the machine. */
  readonly directory: string;
  /** The crates (see `TargetUse`) in which files came up since it was taken, but for what is below `ignored` (relative to the workspace). */
  readonly cratesWithNewFiles: (ignored: string) => readonly string[];
  /** Gives it back, kept for later builds. */
  readonly release: (use: TargetUse) => Promise<void>;
  /** Gives it back and forgets it. */
  readonly discard: () => Promise<void>;
}

/**
 * Kept target directories. A build gets one in which nothing was ever compiled of modules that it does not have: what an
 * uninstalled module's build script wrote must reach nobody. Modules that are new go into a copy, so that the directory without
 * them stays. For a directory in use builds wait only when nothing else is left to start from, and never longer than starting from nothing takes.
 */
export class TargetCache {
  readonly #slots: TargetSlots;

  constructor(cacheDirectory: string) {
    this.#slots = new TargetSlots(join(cacheDirectory, "cargo", "targets"));
  }

  /** Takes a directory, and settles the workspace's file times so that cargo finds in it what is still good. */
  async take(wish: TargetWish, patience: Omit<Patience, "milliseconds">): Promise<TargetSlot> {
    const held = await this.#hold(wish, patience);
    try {
      await mkdir(join(held.path, "target"), { recursive: true });
      return this.#slotOf(held, await prepare(held, wish), wish);
    } catch (error) {
      held.unlock();
      throw error;
    }
  }

  /** Forgets every directory of this identity that nobody has in use, but for the one that the workspace used last. */
  async forgetOthers({ identity, workspace }: Pick<TargetWish, "identity" | "workspace">): Promise<void> {
    const slots = (await this.#slots.list()).filter(({ record }) => record?.identity === identity);
    const own = slots.find(({ record }) => record?.workspace === workspace);
    for (const { name } of slots) if (name !== own?.name) await this.#slots.remove(name);
  }

  #slotOf(held: HeldSlot, record: TargetRecord, { workspace }: TargetWish): TargetSlot {
    return {
      directory: join(held.path, "target"),
      cratesWithNewFiles: (ignored) => cratesWithNewFiles(workspace, record.files, ignored),
      release: async ({ generating, took, awaited }) => {
        const all = [...new Set([...record.generating, ...generating])].toSorted();
        // An operator may have cleared the cache meanwhile: that harms nothing.
        if (existsSync(held.path)) await writeRecord(held.path, { ...record, generating: all, whole: true, usedAt: Math.max(Date.now(), record.usedAt), longest: Math.max(took, record.longest), awaited });
        held.unlock();
        await this.#slots.prune();
      },
      discard: async () => {
        await rm(held.path, { recursive: true, force: true });
        held.unlock();
      },
    };
  }

  async #hold(wish: TargetWish, patience: Omit<Patience, "milliseconds">): Promise<HeldSlot> {
    const found = candidates(await this.#slots.list(), wish);
    const [own] = found;
    // Its own was free a moment ago: who has it makes a copy, which takes less than starting from another.
    if (wish.goesOn && own?.record?.workspace === wish.workspace) {
      const held = (await this.#take(own, wish)) ?? (await this.#wait([own], wish, patience));
      if (held !== undefined) return held;
    }
    for (const slot of found) {
      const held = await this.#take(slot, wish);
      if (held !== undefined) return held;
    }
    return (await this.#wait(found, wish, patience)) ?? this.#slots.create();
  }

  async #take({ name }: FoundSlot, wish: TargetWish): Promise<HeldSlot | undefined> {
    const held = await this.#slots.tryHold(name);
    return held === undefined ? undefined : this.#use(held, wish);
  }

  async #wait(busy: readonly FoundSlot[], wish: TargetWish, patience: Omit<Patience, "milliseconds">): Promise<HeldSlot | undefined> {
    const { names, milliseconds } = worthWaiting(busy);
    const held = await this.#slots.holdOneOf(names, { ...patience, milliseconds });
    return held === undefined ? undefined : this.#use(held, wish);
  }

  /** Looked at again: the record may be another than before it was locked. */
  async #use(held: HeldSlot, wish: TargetWish): Promise<HeldSlot | undefined> {
    if (fits(held.record, wish)) return mayUse(held.record, wish) ? held : this.#slots.copy(held);
    held.unlock();
    return undefined;
  }
}

/** Written before anything is compiled: a build that is killed leaves a directory of which everything is known. */
async function prepare({ path, record }: HeldSlot, { workspace, identity, modules }: TargetWish): Promise<TargetRecord> {
  const now = Math.max(Date.now(), (record?.usedAt ?? 0) + 1);
  const generating = record?.generating ?? [];
  const files = await settleTimes(workspace, record?.whole === true ? record.files : {}, now, new Set(generating));
  const all = [...new Set([...(record?.modules ?? []), ...modules])].toSorted();
  const next: TargetRecord = { schema: 1, identity, modules: all, files, generating, workspace, whole: false, usedAt: now, longest: record?.longest ?? 0, awaited: false };
  await writeRecord(path, next);
  return next;
}
