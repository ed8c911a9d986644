import { open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { fail } from "../../errors/problem.ts";
import { releaseIdSchema, restartSchema, runnableReleaseSchema } from "./protocol.ts";

const processSchema = z.strictObject({
  pid: z.number().int().positive(),
  identity: z.string(),
  port: z.number().int(),
  startedAt: z.string(),
});

const releaseRecordSchema = z.strictObject({
  releaseId: releaseIdSchema,
  /** Absent for a stopped release: its environment may hold secrets that nobody needs any more. */
  release: runnableReleaseSchema.exactOptional(),
  wanted: z.enum(["running", "stopped"]),
  everActive: z.boolean(),
  failed: z.boolean(),
  process: processSchema.exactOptional(),
  restarts: z.number().int().exactOptional(),
  lastRestart: restartSchema.exactOptional(),
});
export type ReleaseRecord = z.infer<typeof releaseRecordSchema>;

const stateSchema = z.strictObject({
  version: z.literal(1),
  activeReleaseId: releaseIdSchema.exactOptional(),
  /** The port that was chosen when the settings ask for port 0: users keep the address over restarts. */
  port: z.number().int().exactOptional(),
  releases: z.array(releaseRecordSchema),
  /** The highest fence seen. A file of an earlier version has none. */
  fence: z.number().int().min(0).default(0),
});

/** What a gateway wants to be so, and what it needs to find its processes again. */
export type GatewayState = z.infer<typeof stateSchema>;

export interface StateFile {
  load(): Promise<GatewayState>;
  /** Resolves when this state, or a later one, is on the disk. */
  save(snapshot: () => GatewayState): Promise<void>;
}

/** The state in `gateway-state.json`, mode 0600: whole or not at all, whatever is killed when. */
export function stateFile(directory: string): StateFile {
  const path = join(directory, "gateway-state.json");
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return {
    load: () => loadState(path),
    save(snapshot) {
      // Who asks while a write is under way shares the one after it.
      next ??= last.catch(() => undefined).then(() => {
        next = undefined;
        last = writeDurably(path, JSON.stringify(snapshot()));
        return last;
      });
      return next;
    },
  };
}

async function loadState(path: string): Promise<GatewayState> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return { version: 1, releases: [], fence: 0 };
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    return fail("gateway_state_invalid", `${path} is not a state of this gateway`, { location: { file: path } }, error);
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  {
    await using file = await open(temporary, "w", 0o600);
    await file.writeFile(text);
    await file.sync();
  }
  await rename(temporary, path);
  await using directory = await open(dirname(path), "r");
  await directory.sync();
}
