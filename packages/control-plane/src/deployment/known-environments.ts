import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { EnvironmentDefaults } from "../manifest/host-descriptor.ts";

const environmentSchema = z.object({
  name: z.string(),
  target: z.enum(["process", "compose", "kubernetes"]),
  listen: z.string().exactOptional(),
  env: z.record(z.string(), z.string()),
  startTimeoutSeconds: z.number(),
  drainTimeoutSeconds: z.number(),
  observeSeconds: z.number(),
  liveness: z.object({ intervalSeconds: z.number().exactOptional(), timeoutSeconds: z.number().exactOptional(), failures: z.number().exactOptional() }).exactOptional(),
});
/** A host that answers slower than this counts as one that cannot be read now. */
const patienceMs = 5_000;

const fileSchema = z.object({ environments: z.array(environmentSchema) });

/**
 * The host's environments, and the last ones that could be read when the host cannot be: a repository that is down or
 * holds a broken modyard.toml must not take the way back, or the restart of what runs, with it.
 */
export class KnownEnvironments {
  readonly #read: () => Promise<readonly EnvironmentDefaults[]>;
  readonly #file: string;
  #known: string | undefined;
  #reading: Promise<readonly EnvironmentDefaults[]> | undefined;

  constructor(read: () => Promise<readonly EnvironmentDefaults[]>, file: string) {
    this.#read = read;
    this.#file = file;
  }

  async list(): Promise<readonly EnvironmentDefaults[]> {
    const reading = (this.#reading ??= this.#readAgain().finally(() => (this.#reading = undefined)));
    const patience = new AbortController();
    const late = sleep(patienceMs, undefined, { ref: false, signal: patience.signal }).catch(() => undefined);
    const inTime = await Promise.race([reading.catch(() => undefined), late]).finally(() => patience.abort());
    return inTime ?? this.#recall() ?? reading;
  }

  async #readAgain(): Promise<readonly EnvironmentDefaults[]> {
    const environments = await this.#read();
    this.#remember(environments);
    return environments;
  }

  #remember(environments: readonly EnvironmentDefaults[]): void {
    const text = `${JSON.stringify({ environments }, null, 2)}\n`;
    if (text === this.#known) return;
    const partial = `${this.#file}.${process.pid}.partial`;
    writeFileSync(partial, text);
    renameSync(partial, this.#file);
    this.#known = text;
  }

  #recall(): readonly EnvironmentDefaults[] | undefined {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#file, "utf8"))).environments;
    } catch {
      // Not there yet, or damaged: as if nothing were known.
      return undefined;
    }
  }
}
