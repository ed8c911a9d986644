import { join, relative } from "node:path";
import type { Environment } from "../../deployment/environment.ts";
import type { RetentionContext } from "../context.ts";
import { bytesOf, changedAt, namesIn } from "../disk.ts";
import type { KeptItem } from "../facts.ts";

/** What drivers say, and what lies in the directories of environments. */
export interface EnvironmentFacts {
  readonly running: ReadonlySet<string>;
  readonly items: readonly KeptItem[];
}

/** An environment whose driver cannot be asked keeps all that it has. */
export async function collectEnvironments(context: RetentionContext, withReleases: ReadonlySet<string>): Promise<EnvironmentFacts> {
  const running = new Set<string>();
  const items: KeptItem[] = [];
  // Asked once, and only when somebody needs it: the host's repository is read for it.
  let listing: Promise<readonly Environment[]> | undefined;
  const list = (): Promise<readonly Environment[]> => (listing ??= context.environments.list());
  for (const environment of await namesIn(join(context.dataDirectory, "environments"))) {
    const observed = withReleases.has(environment) ? await observe(context, list, environment) : [];
    for (const id of observed ?? []) running.add(id);
    const place = { data: context.dataDirectory, environment, busy: observed === undefined };
    items.push(...(await collectUnpacked(place)), ...(await collectApplicationLogs(place)), ...(await collectGatewayLog(place)));
  }
  return { running, items };
}

/** Releases whose processes are there; undefined when the driver does not answer. */
async function observe({ logger }: RetentionContext, list: () => Promise<readonly Environment[]>, name: string): Promise<readonly string[] | undefined> {
  try {
    const found = (await list()).find(({ settings }) => settings.name === name);
    if (found === undefined) return undefined;
    const { releases, activeReleaseId } = await found.target.observe();
    const alive = releases.filter(({ status }) => status !== "stopped" && status !== "failed").map(({ releaseId }) => releaseId);
    return activeReleaseId === undefined ? alive : [...alive, activeReleaseId];
  } catch (error) {
    logger.warn({ err: error, environment: name }, "an environment cannot be observed; nothing of it is removed");
    return undefined;
  }
}

interface Place {
  readonly data: string;
  readonly environment: string;
  readonly busy: boolean;
}

async function collectUnpacked({ data, environment, busy }: Place): Promise<readonly KeptItem[]> {
  const directory = join(data, "environments", environment, "prepared");
  const digests = (await namesIn(directory)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  return Promise.all(digests.map(async (digest) => ({ kind: "unpacked" as const, environment, digest, busy, ...(await measure(data, join(directory, digest))) })));
}

/** A release's present log and its rotated ones go together. */
async function collectApplicationLogs({ data, environment, busy }: Place): Promise<readonly KeptItem[]> {
  const directory = join(data, "environments", environment, "logs");
  const files = (await namesIn(directory)).flatMap((name) => {
    const owner = /^(rel_\w+)\.log(?:\.\d+)?$/.exec(name)?.[1];
    return owner === undefined ? [] : [{ owner, path: join(directory, name) }];
  });
  return Promise.all(files.map(async ({ owner, path }) => ({ kind: "application_log" as const, environment, owner, busy, ...(await measure(data, path)) })));
}

async function collectGatewayLog({ data, environment }: Place): Promise<readonly KeptItem[]> {
  const path = join(data, "environments", environment, "gateway.log");
  return (await changedAt(path)) === undefined ? [] : [{ kind: "server_log", ...(await measure(data, path)) }];
}

async function measure(data: string, path: string): Promise<Pick<KeptItem, "name" | "bytes" | "usedAt">> {
  return { name: relative(data, path), bytes: await bytesOf(path), usedAt: (await changedAt(path)) ?? new Date() };
}
