import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ModyardError } from "../../../errors/problem.ts";
import type { RegistryClient } from "./client.ts";

/** Fetches a blob into a file; what was received before a lost connection is kept. Throws artifact_damaged when the bytes are not the blob's. */
export async function downloadBlob(client: RegistryClient, blob: { readonly digest: string; readonly size: number }, file: string, delaysMs: readonly number[]): Promise<void> {
  for (let failures = 0; ; ) {
    const before = await sizeOf(file);
    try {
      if (before < blob.size) await fetchRest(client, blob.digest, file, before, delaysMs);
      break;
    } catch (error) {
      // What the disk says is no matter of the registry's.
      if (error instanceof ModyardError || (error instanceof Error && "syscall" in error && error.syscall === "write")) throw error;
      if ((await sizeOf(file)) > before) failures = 0;
      const delay = delaysMs[failures];
      if (delay === undefined) fail("artifact_store_unreachable", `the connection to the registry ${client.host} broke again and again during a download`, {}, error);
      failures += 1;
      await sleep(delay);
    }
  }
  if ((await sizeOf(file)) !== blob.size || (await digestOf(file)) !== blob.digest) fail("artifact_damaged", `the registry ${client.host} sent other bytes than those of ${blob.digest.slice(0, 19)}…`);
}

async function fetchRest(client: RegistryClient, digest: string, file: string, from: number, delaysMs: readonly number[]): Promise<void> {
  const headers = from === 0 ? {} : { range: `bytes=${from}-` };
  const response = await client.ask({ method: "GET", path: `/blobs/${digest}`, headers, expected: [200, 206, 404], delaysMs, timeoutMs: 3_600_000 });
  if (response.status === 404 || response.body === null) fail("artifact_missing", `the registry ${client.host} has the artifact's manifest but not its contents`);
  // A registry that knows no ranges sends all of it again.
  const flags = response.status === 206 ? "a" : "w";
  await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), createWriteStream(file, { flags }));
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** `sha256:…` over a file. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest("hex")}`;
}
