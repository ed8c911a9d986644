import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { tryLockFile } from "../../processes/lock-file.ts";
import { copyTree } from "../shared/copy-tree.ts";
import { cratesWithNewFiles, settleTimes } from "./freshness.ts";
import { readRecord, type TargetRecord, writeRecord } from "./target-record.ts";

/** How many target directories are kept. */
const keptSlots = 4;

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
}

/** A target directory that one step has for itself. */
export interface TargetSlot {
  /** Absolute path on the machine. */
  readonly directory: string;
  /** Notes in which crates the build left files of its own, but for what is below `ignored` (relative to the workspace). */
  readonly noteGenerated: (ignored: string) => Promise<void>;
  /** Gives it back, kept for later builds. */
  readonly release: () => Promise<void>;
  /** Gives it back and forgets it. */
  readonly discard: () => Promise<void>;
}

interface Held {
  readonly path: string;
  readonly unlock: () => void;
  readonly record: TargetRecord | undefined;
}

/**
 * Kept target directories. A build gets one in which nothing was ever compiled of modules that it does not have: what an
 * uninstalled module's build script wrote must reach nobody. Modules that are new go into a copy, so that the directory without
 * them stays. Builds never wait for each other: a directory in use is not there for others, until its holder is done or dead.
 */
export class TargetCache {
  readonly #directory: string;

  constructor(cacheDirectory: string) {
    this.#directory = join(cacheDirectory, "cargo", "targets");
  }

  /** Takes a directory, and settles the workspace's file times so that cargo finds in it what is still good. */
  async take(wish: TargetWish): Promise<TargetSlot> {
    await mkdir(this.#directory, { recursive: true });
    const held = await this.#hold(wish);
    try {
      await mkdir(join(held.path, "target"), { recursive: true });
      await this.#prepare(held, wish);
    } catch (error) {
      held.unlock();
      throw error;
    }
    return {
      directory: join(held.path, "target"),
      noteGenerated: async (ignored) => {
        const record = await readRecord(held.path);
        const found = record === undefined ? [] : cratesWithNewFiles(wish.workspace, record.files, ignored);
        if (record !== undefined && found.length > 0) await writeRecord(held.path, { ...record, generating: [...new Set([...record.generating, ...found])].toSorted() });
      },
      release: async () => {
        const record = await readRecord(held.path);
        if (record !== undefined) await writeRecord(held.path, { ...record, whole: true, usedAt: Math.max(Date.now(), record.usedAt) });
        held.unlock();
        await this.#prune();
      },
      discard: async () => {
        await rm(held.path, { recursive: true, force: true });
        held.unlock();
      },
    };
  }

  /** Forgets every directory of this identity that nobody has in use, but for the one that the workspace used last. */
  async forgetOthers({ identity, workspace }: Pick<TargetWish, "identity" | "workspace">): Promise<void> {
    const slots = (await this.#slots()).filter(({ record }) => record?.identity === identity);
    const own = slots.find(({ record }) => record?.workspace === workspace);
    for (const { name } of slots) if (name !== own?.name) await this.#remove(name);
  }

  async #hold(wish: TargetWish): Promise<Held> {
    for (const { name } of await this.#candidates(wish)) {
      const held = await this.#lock(name);
      if (held === undefined) continue;
      if (!fits(held.record, wish)) held.unlock();
      else if ([...wish.modules].every((module) => held.record?.modules.includes(module))) return held;
      else return this.#copy(held);
    }
    return this.#create();
  }

  /** The directories with most of the wanted modules, youngest first. */
  async #candidates(wish: TargetWish): Promise<{ readonly name: string }[]> {
    if (wish.start === "none") return [];
    return (await this.#slots()).filter(({ record }) => fits(record, wish)).toSorted((a, b) => (b.record?.modules.length ?? 0) - (a.record?.modules.length ?? 0));
  }

  async #copy(from: Held): Promise<Held> {
    const held = await this.#create();
    try {
      await copyTree(join(from.path, "target"), join(held.path, "target"));
      // What others start from is in use, and so stays when there are too many: each of them would start from nothing.
      if (from.record !== undefined) await writeRecord(from.path, { ...from.record, usedAt: Math.max(Date.now(), from.record.usedAt) });
    } catch (error) {
      await rm(held.path, { recursive: true, force: true });
      held.unlock();
      throw error;
    } finally {
      from.unlock();
    }
    return { ...held, record: from.record };
  }

  async #create(): Promise<Held> {
    const held = await this.#lock(randomUUID());
    if (held === undefined) throw new Error("a new target directory is in use already");
    await mkdir(held.path, { recursive: true });
    return held;
  }

  /** Written before anything is compiled: a build that is killed leaves a directory of which everything is known. */
  async #prepare({ path, record }: Held, { workspace, identity, modules }: TargetWish): Promise<void> {
    const now = Math.max(Date.now(), (record?.usedAt ?? 0) + 1);
    const generating = record?.generating ?? [];
    const files = await settleTimes(workspace, record?.whole === true ? record.files : {}, now, new Set(generating));
    await writeRecord(path, { schema: 1, identity, modules: [...new Set([...(record?.modules ?? []), ...modules])].toSorted(), files, generating, workspace, whole: false, usedAt: now });
  }

  async #lock(name: string): Promise<Held | undefined> {
    const unlock = tryLockFile(join(this.#directory, `${name}.lock`));
    if (unlock === undefined) return undefined;
    const path = join(this.#directory, name);
    return { path, unlock, record: await readRecord(path) };
  }

  /** All directories, youngest first. */
  async #slots(): Promise<{ readonly name: string; readonly record: TargetRecord | undefined }[]> {
    const entries = await readdir(this.#directory, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const slots = await Promise.all(names.map(async (name) => ({ name, record: await readRecord(join(this.#directory, name)) })));
    return slots.toSorted((a, b) => ageOrder(b.record) - ageOrder(a.record));
  }

  /** Beyond the youngest goes also what a killed worker left half made. */
  async #prune(): Promise<void> {
    const slots = await this.#slots();
    for (const [index, { name, record }] of slots.entries()) if (index >= keptSlots || record === undefined) await this.#remove(name);
  }

  async #remove(name: string): Promise<void> {
    const held = await this.#lock(name);
    if (held === undefined) return;
    await rm(held.path, { recursive: true, force: true });
    held.unlock();
  }
}

function ageOrder(record: TargetRecord | undefined): number {
  return record === undefined || record.usedAt > Date.now() ? 0 : record.usedAt;
}

/** Times of a directory that is younger than now say nothing: the clock was set back. */
function fits(record: TargetRecord | undefined, { identity, packages, workspace, start }: TargetWish): boolean {
  if (record === undefined || record.identity !== identity || record.usedAt > Date.now()) return false;
  return record.modules.every((module) => packages.has(module)) && (start === "any" || record.workspace === workspace);
}
