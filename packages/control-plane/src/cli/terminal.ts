import pc from "picocolors";
import { withoutSteering } from "./steering.ts";

export type Colors = ReturnType<typeof pc.createColors>;

/** One of the two streams that a command writes to, with colours where the reader can show them. */
export interface Output {
  readonly colors: Colors;
  readonly isTerminal: boolean;
  /** A line can be drawn again and again: a terminal that understands cursor movements. */
  readonly isLive: boolean;
  /** How wide the terminal is now; undefined where nothing needs to be cut. */
  readonly columns: number | undefined;
  /** Writes a line, without what would steer the terminal. */
  line(text?: string): void;
  /** Writes text as it is. */
  write(text: string): void;
}

/** Results go to `out`, everything else to `err`, so that output can be piped. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
}

/** How wide terminals were. */
export const usualColumns = 80;

type Environment = Readonly<Record<string, string | undefined>>;

/** https://no-color.org first; then FORCE_COLOR; then whether the stream is a terminal that can. */
export function wantsColors(isTerminal: boolean, env: Environment): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"] ?? "";
  return forced === "" ? isTerminal && env["TERM"] !== "dumb" : forced !== "0";
}

export function terminalOf(streams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream }, env: Environment): Terminal {
  return { out: outputOf(streams.stdout, env), err: outputOf(streams.stderr, env) };
}

function outputOf(stream: NodeJS.WriteStream, env: Environment): Output {
  const isTerminal = stream.isTTY === true;
  const colors = pc.createColors(wantsColors(isTerminal, env));
  return {
    isTerminal,
    isLive: isTerminal && env["TERM"] !== "dumb",
    get columns() {
      // Terminals that nobody has told their size (a container's, a service's) say 0.
      return isTerminal ? stream.columns || usualColumns : undefined;
    },
    colors,
    line: (text = "") => void stream.write(`${withoutSteering(text, colors)}\n`),
    write: (text) => void stream.write(text),
  };
}
