import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ModyardError } from "../../../errors/problem.ts";
import type { RegistryClient } from "./client.ts";

/** How a file is sent. */
export interface UploadOptions {
  /** So much is sent at once, and at most lost with a connection, in bytes. */
  readonly chunkBytes: number;
  /** Waits between attempts that bring nothing forward, in milliseconds. */
  readonly delaysMs: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** Where an upload stands. */
interface Session {
  readonly location: string;
  readonly offset: number;
}

/** What is sent. */
export interface Blob {
  /** `sha256:…` */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes from an offset on; none: there are no more. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Sends a file as a blob, see `uploadBlob`. */
export async function uploadFile(client: RegistryClient, file: string, blob: Omit<Blob, "read">, options: UploadOptions): Promise<void> {
  const source = await open(file, "r");
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const { buffer, bytesRead } = await source.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  };
  try {
    await uploadBlob(client, { ...blob, read }, options);
  } finally {
    await source.close();
  }
}

/** Sends a blob, unless the registry has it. A lost connection is made again and the upload goes on from where it was. */
export async function uploadBlob(client: RegistryClient, blob: Blob, options: UploadOptions): Promise<void> {
  const { delaysMs, signal } = options;
  const there = await client.ask({ method: "HEAD", path: `/blobs/${blob.digest}`, expected: [200, 404], delaysMs, signal });
  if (there.status !== 200) await send(client, blob, options);
}

async function send(client: RegistryClient, blob: Blob, options: UploadOptions): Promise<void> {
  let session = await begin(client, options);
  // Counted anew only when it comes further than ever before: beginning anew is no progress.
  for (let failures = 0, furthest = 0; ; ) {
    try {
      while (session.offset < blob.size) {
        session = await sendChunk(client, blob, session, options);
        if (session.offset <= furthest) continue;
        furthest = session.offset;
        failures = 0;
      }
      return await complete(client, session, blob.digest, options);
    } catch (error) {
      const delay = options.delaysMs[failures];
      if (!isPassing(error) || delay === undefined) throw error;
      failures += 1;
      await sleep(delay, undefined, { ...(options.signal && { signal: options.signal }) });
      session = (await resume(client, session, options)) ?? (await begin(client, options));
    }
  }
}

/** A refusal too: a registry that lost the session, or has it at another place, says so by one. */
function isPassing(error: unknown): boolean {
  return error instanceof ModyardError && ["artifact_store_unreachable", "artifact_store_refused"].includes(error.code);
}

async function begin(client: RegistryClient, { delaysMs, signal }: UploadOptions): Promise<Session> {
  const response = await client.ask({ method: "POST", path: "/blobs/uploads/", expected: [202], delaysMs, signal });
  return { location: locationOf(response), offset: 0 };
}

async function sendChunk(client: RegistryClient, blob: Blob, { location, offset }: Session, { chunkBytes, signal }: UploadOptions): Promise<Session> {
  const body = await blob.read(offset, Math.min(chunkBytes, blob.size - offset));
  if (body.length === 0) fail("artifact_damaged", "the packed artifact became shorter while it was sent");
  const headers = { "content-type": "application/octet-stream", "content-range": `${offset}-${offset + body.length - 1}` };
  const response = await client.ask({ method: "PATCH", path: location, headers, body, expected: [202], timeoutMs: 300_000, signal });
  return { location: locationOf(response), offset: offset + body.length };
}

async function complete(client: RegistryClient, { location }: Session, digest: string, { signal }: UploadOptions): Promise<void> {
  const separator = location.includes("?") ? "&" : "?";
  await client.ask({ method: "PUT", path: `${location}${separator}digest=${encodeURIComponent(digest)}`, headers: { "content-type": "application/octet-stream" }, expected: [201], timeoutMs: 300_000, signal });
}

/** Where the registry says that the upload stands; undefined when it must begin anew. */
async function resume(client: RegistryClient, { location }: Session, { delaysMs, signal }: UploadOptions): Promise<Session | undefined> {
  const response = await client.ask({ method: "GET", path: location, expected: [204, 400, 404, 416], delaysMs, signal });
  if (response.status !== 204) {
    await response.body?.cancel();
    return undefined;
  }
  const last = Number(/^(?:bytes=)?0-(\d+)$/.exec(response.headers.get("range") ?? "")?.[1] ?? 0);
  // `0-0` is what registries say of an upload without any byte.
  return { location: response.headers.get("location") ?? location, offset: last === 0 ? 0 : last + 1 };
}

function locationOf(response: Response): string {
  return response.headers.get("location") ?? fail("artifact_store_refused", "the registry does not say where to upload to");
}
