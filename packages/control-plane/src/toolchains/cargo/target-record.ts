import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const recordSchema = z.object({
  schema: z.literal(1),
  identity: z.string(),
  modules: z.array(z.string()),
  files: z.record(z.string(), z.tuple([z.string(), z.number()])),
  generating: z.array(z.string()),
  workspace: z.string(),
  whole: z.boolean(),
  usedAt: z.number(),
  longest: z.number().default(0),
  awaited: z.boolean().default(false),
});

/** What Modyard knows of a kept target directory. It lies beside the directory, where no build can write it. */
export interface TargetRecord {
  readonly schema: 1;
  /** Tools and places that its contents depend on. */
  readonly identity: string;
  /** Identities of every package that modules ever brought into it, sorted. */
  readonly modules: readonly string[];
  /** Path in the workspace -> hash of its content, and the time (milliseconds) at which cargo saw it. Directories end with `/`. */
  readonly files: FileTimes;
  /** Directories of crates in which builds leave files: only a new run of their build scripts makes those again. Sorted. */
  readonly generating: readonly string[];
  /** The workspace that used it last. */
  readonly workspace: string;
  /** Whether its last holder gave it back. What one that was killed left in its workspace is unknown: then all files count as changed. */
  readonly whole: boolean;
  /** Milliseconds. No file or build in it is younger. */
  readonly usedAt: number;
  /** Milliseconds that the longest compilation took that led to it: one from nothing takes at least so long. */
  readonly longest: number;
  /** Whether the tests of the build that used it last are still to come: others leave it as it is, and copy it. */
  readonly awaited: boolean;
}

/** See `TargetRecord.files`. */
export type FileTimes = Readonly<Record<string, readonly [hash: string, time: number]>>;

const recordName = "record.json";

/** The record of a slot; undefined when it has none that can be trusted. */
export async function readRecord(slot: string): Promise<TargetRecord | undefined> {
  const text = await readFile(join(slot, recordName), "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseRecord(text);
}

/** Writes the record, whole or not at all. */
export async function writeRecord(slot: string, record: TargetRecord): Promise<void> {
  const file = join(slot, recordName);
  await writeFile(`${file}.new`, JSON.stringify(record));
  await rename(`${file}.new`, file);
}

function parseRecord(text: string): TargetRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
