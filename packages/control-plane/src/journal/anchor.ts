import { join } from "node:path";
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from "node:fs";

/** A place in the chain that was written down outside of the database: whoever rewrites the chain cannot rewrite it too. */
export interface Anchor {
  readonly position: number;
  /** SHA-256 as hexadecimal digits. */
  readonly hash: string;
  /** When it was written down; undefined for one that somebody gives by hand. */
  readonly at?: string | undefined;
}

/** Where a server writes down the chain's end. */
export function anchorsFile(dataDirectory: string): string {
  return join(dataDirectory, "journal-anchors");
}

const line = /^(?<at>\S+) (?<position>\d{1,15}) (?<hash>[0-9a-f]{64})$/;

/** Reads a file of anchors. What is no anchor is told by its line's number: a killed server leaves half a line at most. */
export function readAnchors(file: string): { readonly anchors: readonly Anchor[]; readonly unreadable: readonly number[] } {
  const lines = textOf(file).split("\n").map((text, index) => ({ number: index + 1, text, groups: line.exec(text)?.groups }));
  return {
    anchors: lines.flatMap(({ groups }) => (groups === undefined ? [] : [{ at: groups["at"], position: Number(groups["position"]), hash: groups["hash"] ?? "" }])),
    unreadable: lines.filter(({ text, groups }) => text !== "" && groups === undefined).map(({ number }) => number),
  };
}

/** Adds an anchor at the file's end and lets the disk have it. */
export function addAnchor(file: string, { at, position, hash }: Anchor): void {
  const descriptor = openSync(file, "a+", 0o600);
  try {
    writeSync(descriptor, `${endsInLine(descriptor) ? "\n" : ""}${at ?? "-"} ${position} ${hash}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the last line has no end: a server was killed while it wrote. */
function endsInLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
