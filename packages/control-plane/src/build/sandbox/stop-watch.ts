import { statfs } from "node:fs/promises";
import type { Stopped } from "../../toolchains/toolchain.ts";

/** For how long, and on how full a disk, a command may go on. */
export interface Patience {
  readonly timeoutMs: number;
  /** Without a word of the command. */
  readonly silenceMs?: number;
  readonly disk?: { readonly directory: string; readonly freeBytes: number };
}

const longestTimer = 2 ** 31 - 1;
const ticksOfSilence = 20;
const diskMs = 2_000;

/** Calls `stop` once, when a command must be ended. */
export class StopWatch {
  readonly #timers: NodeJS.Timeout[] = [];
  #stopped: Stopped | undefined;
  #silentTicks = 0;
  #lastLine: string | undefined;
  readonly #stop: () => void;

  constructor({ timeoutMs, silenceMs, disk }: Patience, stop: () => void) {
    this.#stop = stop;
    this.#timers.push(setTimeout(() => this.stop({ reason: "time", seconds: timeoutMs / 1000 }), Math.min(timeoutMs, longestTimer)));
    if (silenceMs !== undefined && silenceMs < timeoutMs) this.#watchSilence(silenceMs);
    if (disk !== undefined) this.#watchDisk(disk);
  }

  /** Why it called `stop`. */
  get stopped(): Stopped | undefined {
    return this.#stopped;
  }

  /** The command said something. */
  heard(): void {
    this.#silentTicks = 0;
  }

  /** Of its own lines: when it is ended, shells add theirs. */
  said(line: string): void {
    if (line.trim() !== "") this.#lastLine = line;
  }

  /** Ends the command for this reason, unless it is being ended already. */
  stop(why: Stopped): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = why;
    this.#stop();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Counts ticks, not time: when this process itself stood still, what the command said meanwhile is not read yet. */
  #watchSilence(silenceMs: number): void {
    const tick = (): void => {
      this.#silentTicks += 1;
      if (this.#silentTicks > ticksOfSilence) this.stop({ reason: "silence", seconds: silenceMs / 1000, ...(this.#lastLine !== undefined && { lastLine: this.#lastLine }) });
    };
    this.#timers.push(setInterval(tick, Math.min(silenceMs / ticksOfSilence, longestTimer)));
  }

  #watchDisk({ directory, freeBytes }: NonNullable<Patience["disk"]>): void {
    const look = async (): Promise<void> => {
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < freeBytes) this.stop({ reason: "disk", freeBytes: bavail * bsize, neededBytes: freeBytes });
    };
    // A directory that cannot be asked is no reason to end anything.
    this.#timers.push(setInterval(() => void look().catch(() => undefined), diskMs));
  }
}
