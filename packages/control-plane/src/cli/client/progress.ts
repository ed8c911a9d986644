import { withoutSteering } from "../steering.ts";
import type { Output } from "../terminal.ts";
import type { ConnectionNotes } from "./patience.ts";
import { cut, duration } from "./format.ts";

/** What runs now. */
export interface CurrentStep {
  readonly name: string;
  /** 0 to 100; absent where nobody can know. */
  readonly percent?: number;
  /** When it began, by the server's clock (ISO); absent while it waits. */
  readonly startedAt?: string;
}

export interface FinishedStep {
  readonly name: string;
  readonly ok: boolean;
  readonly milliseconds: number;
}

/** Shows how long work goes on. */
export interface Progress extends ConnectionNotes {
  current(step: CurrentStep): void;
  finished(step: FinishedStep): void;
  note(text: string): void;
  /** Takes away what is drawn for the moment only. */
  end(): void;
}

/** A line that is drawn again and again on a terminal; one line per step elsewhere. */
export function progressOn(output: Output): Progress {
  return output.isLive ? new LiveProgress(output) : new PlainProgress(output);
}

/** Tells of nothing but the connection: standard output is one JSON document. */
export function quietProgress(output: Output): Progress {
  return new PlainProgress({ ...output, line: () => undefined }, output);
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const barWidth = 28;
const nameWidth = 9;

class LiveProgress implements Progress {
  readonly #output: Output;
  #step: CurrentStep | undefined;
  #seenAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #lost = false;

  constructor(output: Output) {
    this.#output = output;
  }

  current(step: CurrentStep): void {
    if (step.name !== this.#step?.name) this.#seenAt = Date.now();
    this.#step = step;
    this.#timer ??= setInterval(() => this.#draw(), 100).unref();
    this.#draw();
  }

  finished({ name, ok, milliseconds }: FinishedStep): void {
    const { colors } = this.#output;
    this.#above(`  ${ok ? colors.green("✓") : colors.red("✗")} ${name.padEnd(nameWidth)} ${colors.dim(duration(milliseconds).padStart(9))}`);
  }

  note(text: string): void {
    this.#above(`  ${this.#output.colors.yellow("!")} ${text}`);
  }

  lost(message: string): void {
    this.#lost = true;
    this.note(`${message}; trying again for a minute`);
  }

  back(): void {
    this.#lost = false;
    this.note("the server is back");
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#step = undefined;
    this.#output.write(clearLine);
  }

  /** Writes a line that stays, above the one that moves. */
  #above(line: string): void {
    this.#output.write(`${clearLine}${withoutSteering(line, this.#output.colors)}\n`);
    if (this.#timer !== undefined) this.#draw();
  }

  #draw(): void {
    if (this.#step === undefined) return;
    this.#frame += 1;
    this.#output.write(`${clearLine}${withoutSteering(this.#line(this.#step), this.#output.colors)}`);
  }

  #line({ name, percent }: CurrentStep): string {
    const { colors, columns = 80 } = this.#output;
    const spinner = this.#lost ? colors.yellow("!") : colors.cyan(frames[this.#frame % frames.length] ?? "");
    const elapsed = duration(Date.now() - this.#seenAt).padStart(9);
    const bar = percent === undefined ? "" : `  ${this.#bar(percent)} ${String(percent).padStart(3)} %`;
    return cut(`  ${spinner} ${name.padEnd(nameWidth)} ${colors.dim(elapsed)}${bar}`, columns - 1);
  }

  #bar(percent: number): string {
    const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * barWidth);
    return this.#output.colors.cyan("━".repeat(full)) + this.#output.colors.dim("─".repeat(barWidth - full));
  }
}

const clearLine = "\r\u001b[2K";

class PlainProgress implements Progress {
  readonly #output: Output;
  readonly #notes: Output;
  #name: string | undefined;

  constructor(output: Output, notes = output) {
    this.#output = output;
    this.#notes = notes;
  }

  current({ name, percent }: CurrentStep): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#output.line(`  ${percent === undefined ? "     " : `${String(percent).padStart(3)} %`}  ${name}`);
  }

  finished({ name, ok, milliseconds }: FinishedStep): void {
    // Steps that were over before anybody looked are told as well.
    this.current({ name });
    if (!ok) this.#output.line(`         ${name} failed after ${duration(milliseconds)}`);
  }

  note(text: string): void {
    this.#notes.line(`  !      ${text}`);
  }

  lost(message: string): void {
    this.note(`${message}; trying again for a minute`);
  }

  back(): void {
    this.note("the server is back");
  }

  end(): void {
    this.#name = undefined;
  }
}
