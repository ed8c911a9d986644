import { randomUUID } from "node:crypto";
import { lstatSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { tryLockFile } from "../../processes/lock-file.ts";
import { copyTree } from "../shared/copy-tree.ts";
import { readRecord, type TargetRecord, writeRecord } from "./target-record.ts";

/** How many target directories are kept. */
const keptSlots = 4;

/** Milliseconds between two looks at a directory in use, and between two questions whether its holder lives. */
const lookEvery = 10;
const askEvery = 1_000;

/** A directory that is there, whoever uses it. */
export interface FoundSlot {
  readonly name: string;
  /** Undefined for what was never made whole. */
  readonly record: TargetRecord | undefined;
}

/** A directory that nobody else uses until it is unlocked. */
export interface HeldSlot {
  readonly path: string;
  readonly unlock: () => void;
  readonly record: TargetRecord | undefined;
}

/** Milliseconds to wait, who ends it before, and who hears that it began. */
export interface Patience {
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
  readonly onWait: () => void;
}

/** The directories that are kept, each with a record and a lock beside it. A lock whose holder died is free. */
export class TargetSlots {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** All of them, youngest first. */
  async list(): Promise<readonly FoundSlot[]> {
    const entries = await readdir(this.#directory, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const slots = await Promise.all(names.map(async (name) => ({ name, record: await readRecord(join(this.#directory, name)) })));
    return slots.toSorted((a, b) => ageOrder(b.record) - ageOrder(a.record));
  }

  /** Undefined: another has it. */
  async tryHold(name: string): Promise<HeldSlot | undefined> {
    await mkdir(this.#directory, { recursive: true });
    const unlock = tryLockFile(this.#lockOf(name));
    if (unlock === undefined) return undefined;
    const path = join(this.#directory, name);
    return { path, unlock, record: await readRecord(path) };
  }

  /** Waits until one of these is free; undefined when patience ended before. */
  async holdOneOf(names: readonly string[], { milliseconds, signal, onWait }: Patience): Promise<HeldSlot | undefined> {
    if (names.length === 0 || milliseconds <= 0) return undefined;
    onWait();
    const started = performance.now();
    for (let asked = started; performance.now() - started < milliseconds; await sleep(lookEvery)) {
      signal?.throwIfAborted();
      // A look at the file costs next to nothing; to ask for its holder is for the case that it died.
      const askAll = performance.now() - asked > askEvery;
      if (askAll) asked = performance.now();
      for (const name of names) {
        const held = askAll || !isThere(this.#lockOf(name)) ? await this.tryHold(name) : undefined;
        if (held !== undefined) return held;
      }
    }
    return undefined;
  }

  /** A new one, empty. */
  async create(): Promise<HeldSlot> {
    const held = await this.tryHold(randomUUID());
    if (held === undefined) throw new Error("a new target directory is in use already");
    await mkdir(held.path, { recursive: true });
    return held;
  }

  /** A new one with the contents of another, which is given back. */
  async copy(from: HeldSlot): Promise<HeldSlot> {
    const held = await this.create();
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

  /** Forgets a directory, unless it is in use. */
  async remove(name: string): Promise<void> {
    const held = await this.tryHold(name);
    if (held === undefined) return;
    await rm(held.path, { recursive: true, force: true });
    held.unlock();
  }

  /** Beyond the youngest goes also what a killed worker left half made. */
  async prune(): Promise<void> {
    for (const [index, { name, record }] of (await this.list()).entries()) if (index >= keptSlots || record === undefined) await this.remove(name);
  }

  #lockOf(name: string): string {
    return join(this.#directory, `${name}.lock`);
  }
}

function ageOrder(record: TargetRecord | undefined): number {
  return record === undefined || record.usedAt > Date.now() ? 0 : record.usedAt;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
