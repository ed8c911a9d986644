import { parentPort, workerData } from "node:worker_threads";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { bootClock } from "../../processes/boot-clock.ts";
import { endLease, extendLeases } from "./extend.ts";
import { beatMs, type FromThread, type LeaseSubject, type ThreadData, type ToThread } from "./protocol.ts";

// Program of the thread that writes heartbeats: however busy the process's main thread is, its leases do not run out.

interface Kept {
  readonly subject: LeaseSubject;
  readonly confirmed: BigInt64Array;
}

const { connection, alive, seconds, stuckMs } = workerData as ThreadData;
const lastSeen = new BigInt64Array(alive);
const kept = new Map<number, Kept>();
/** Leases to be ended, each until it would have run out by itself. */
const abandoned = new Map<number, Kept>();
const tables = ["builds", "deployments"] as const;
let client: Client | undefined;
const stopping = new AbortController();

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
const tell = (message: FromThread): void => parentPort?.postMessage(message);

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "keep") kept.set(message.key, { subject: message.subject, confirmed: new BigInt64Array(message.confirmed) });
  else if (message.kind === "release") kept.delete(message.key);
  else if (message.kind === "abandon") abandon(message.key);
  else stopping.abort();
});

function abandon(key: number): void {
  const entry = kept.get(key);
  if (kept.delete(key) && entry !== undefined) abandoned.set(key, entry);
}

async function connect(): Promise<Client> {
  // A query that hangs must not outlast the lease.
  const next = new Client({ ...(connection as ClientConfig), application_name: "modyard-leases", keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  next.on("error", () => drop(next));
  next.on("end", () => drop(next));
  await next.connect();
  return next;
}

function drop(lost: Client): void {
  if (client === lost) client = undefined;
  void lost.end().catch(() => undefined);
}

async function beat(): Promise<void> {
  if (kept.size + abandoned.size === 0 || bootClock() - Number(Atomics.load(lastSeen, 0)) > stuckMs) return;
  client ??= await connect();
  for (const table of tables) await beatTable(client, table);
  for (const [key, { subject, confirmed }] of abandoned) {
    if (bootClock() - Number(Atomics.load(confirmed, 0)) < seconds * 1000) await endLease(client, subject);
    abandoned.delete(key);
  }
}

async function beatTable(present: Client, table: LeaseSubject["table"]): Promise<void> {
  const entries = [...kept].filter(([, { subject }]) => subject.table === table);
  // Before the question: the database begins to count later than we do.
  const asked = BigInt(Math.floor(bootClock()));
  const states = await extendLeases(present, table, entries.map(([, { subject }]) => subject), seconds);
  for (const [index, [key, { confirmed }]] of entries.entries()) {
    const state = states[index];
    if (state?.held !== true) lose(key);
    else Atomics.store(confirmed, 0, asked);
    if (state?.cancelledBy !== undefined) tell({ kind: "cancel", key, by: state.cancelledBy });
  }
}

function lose(key: number): void {
  if (kept.delete(key)) tell({ kind: "lost", key });
}

while (!stopping.signal.aborted) {
  try {
    await beat();
  } catch (error) {
    if (client !== undefined) drop(client);
    tell({ kind: "trouble", message: error instanceof Error ? error.message : String(error) });
  }
  await sleep(beatMs, undefined, { signal: stopping.signal }).catch(() => undefined);
}
await client?.end().catch(() => undefined);
parentPort?.close();
