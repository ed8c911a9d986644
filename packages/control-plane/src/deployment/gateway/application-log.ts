import { closeSync, ftruncateSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

const TAIL_BYTES = 256 * 1024;
const TAIL_LINES = 200;
const LONGEST_LINE = 2000;
const COPY_BYTES = 256 * 1024;

export interface LogLimits {
  /** A file that grew past this is rotated. */
  readonly maxBytes: number;
  /** How many rotated files are kept, as `….log.1` (newest) upwards. */
  readonly keep: number;
}

/**
 * The file that an application writes its output to. The application holds the descriptor itself and not a pipe to the gateway:
 * so it neither blocks nor dies of a broken pipe when the gateway is killed. That is also why rotation copies and truncates.
 */
export class ApplicationLog {
  readonly #path: string;
  readonly #limits: LogLimits;

  constructor(path: string, limits: LogLimits = { maxBytes: 8 * 1024 * 1024, keep: 3 }) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#path = path;
    this.#limits = limits;
  }

  /** A descriptor that appends, for a child's stdout and stderr. The caller closes it. */
  openForAppend(): number {
    return openSync(this.#path, "a", 0o600);
  }

  /** Adds a line of the gateway's own, such as the start or the end of the application. A full disk loses the line and nothing else. */
  note(text: string): void {
    bestEffort(() => {
      const file = this.openForAppend();
      try {
        writeSync(file, `[modyard] ${text}\n`);
      } finally {
        closeSync(file);
      }
    });
  }

  /** The last lines, at most 200, each cut to 2,000 characters. */
  async lastLines(): Promise<readonly string[]> {
    await using file = await open(this.#path, "r").catch(() => null);
    if (file === null) return [];
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    const lines = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    if (start > 0) lines.shift();
    return lines.slice(-TAIL_LINES).map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
  }

  /** Rotates when the file is past its limit. Synchronous, so that next to nothing is written between the copy and the truncation. */
  rotateIfLarge(): void {
    bestEffort(() => this.#rotateIfLarge());
  }

  #rotateIfLarge(): void {
    const file = openSync(this.#path, "a+", 0o600);
    try {
      if (fstatSync(file).size <= this.#limits.maxBytes) return;
      this.#shiftRotated();
      copyAll(file, `${this.#path}.1`);
      ftruncateSync(file, 0);
    } finally {
      closeSync(file);
    }
  }

  #shiftRotated(): void {
    rmSync(`${this.#path}.${this.#limits.keep}`, { force: true });
    for (let number = this.#limits.keep - 1; number >= 1; number--) {
      try {
        renameSync(`${this.#path}.${number}`, `${this.#path}.${number + 1}`);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
  }
}

/** No log is worth an application or the gateway: what the disk refuses is left out. */
function bestEffort(work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error; // Not the disk's refusal but a defect.
  }
}

function copyAll(from: number, toPath: string): void {
  const to = openSync(toPath, "w", 0o600);
  const buffer = Buffer.alloc(COPY_BYTES);
  try {
    for (let position = 0; ; ) {
      const bytes = readSync(from, buffer, 0, buffer.length, position);
      if (bytes === 0) return;
      writeSync(to, buffer, 0, bytes);
      position += bytes;
    }
  } finally {
    closeSync(to);
  }
}
