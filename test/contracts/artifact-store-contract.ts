import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArtifactStore, PackedArtifact } from "../../packages/control-plane/src/build/artifacts/artifact-store.ts";
import { packArtifact } from "../../packages/control-plane/src/build/artifacts/pack.ts";
import { openDirectory } from "../support/directory.ts";

/** One kind of store, as the suite needs it. */
export interface StoreHarness {
  /** A machine's view of the store; each call is another machine, or at least another process. */
  open(): ArtifactStore;
  /** Changes bytes of the kept artifact behind the store's back. */
  damage(artifact: PackedArtifact): void;
  close(): Promise<void>;
}

/** An artifact with random contents, so that it does not compress. */
export async function packRandom(directory: string, bytes: number): Promise<PackedArtifact> {
  const name = randomBytes(6).toString("hex");
  const root = join(directory, `root-${name}`);
  mkdirSync(root);
  writeFileSync(join(root, "random"), randomBytes(bytes));
  writeFileSync(join(root, "name"), name);
  return packArtifact(root, ["random", "name"].map((path) => ({ path, source: join(root, path) })), join(directory, `${name}.tar.zst`));
}

function contentsOf(place: string): string {
  return readFileSync(join(place, "random"), "base64");
}

/** What every artifact store must do. */
export function artifactStoreContract(openHarness: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let directory: string;
  beforeEach(async () => {
    directory = openDirectory("contract");
    harness = await openHarness();
  });
  afterEach(async () => {
    await harness?.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const out = (name: string): string => join(directory, name);

  test("what one process published another has, with the same bytes, and it is published once however often", async () => {
    const packed = await packRandom(directory, 3_000_000);
    const [first, second] = [harness.open(), harness.open()];
    expect(await first.has(packed.digest)).toBe(false);
    await first.publish(packed);
    await second.publish(packed);
    expect([await first.has(packed.digest), await second.has(packed.digest)]).toEqual([true, true]);
    await first.unpack(packed.digest, out("one"));
    await harness.open().unpack(packed.digest, out("two"));
    expect(contentsOf(out("two"))).toBe(contentsOf(out("one")));
    expect((await second.list()).map(({ digest }) => digest)).toEqual([packed.digest]);
  });

  test("many who publish one artifact at once all succeed, and it is there once", async () => {
    const packed = await packRandom(directory, 1_000_000);
    await Promise.all(Array.from({ length: 4 }, () => harness.open().publish(packed)));
    const listed = await harness.open().list();
    expect(listed.map(({ digest }) => digest)).toEqual([packed.digest]);
    expect(listed[0]?.bytes).toBeGreaterThan(1_000_000);
    expect(listed[0]?.publishedAt.getTime()).toBeGreaterThan(Date.now() - 2 * 3_600_000);
    await harness.open().unpack(packed.digest, out("one"));
  });

  test("what was removed is gone for everybody, and can be published again", async () => {
    const [kept, removed] = [await packRandom(directory, 1_000), await packRandom(directory, 1_000)];
    const store = harness.open();
    for (const each of [kept, removed]) await store.publish(each);
    await store.remove(removed.digest);
    await store.remove(removed.digest);
    expect((await harness.open().list()).map(({ digest }) => digest)).toEqual([kept.digest]);
    expect(await harness.open().has(removed.digest)).toBe(false);
    await expect(store.unpack(removed.digest, out("gone"))).rejects.toMatchObject({ code: "artifact_missing" });
    await store.publish(removed);
    await harness.open().unpack(removed.digest, out("again"));
  });

  test("an artifact whose bytes have changed is told as damaged", async () => {
    const packed = await packRandom(directory, 100_000);
    await harness.open().publish(packed);
    harness.damage(packed);
    await expect(harness.open().unpack(packed.digest, out("damaged"))).rejects.toMatchObject({ code: "artifact_damaged" });
  });

  test("what is not there, and what is no digest", async () => {
    const store = harness.open();
    expect(await store.list()).toEqual([]);
    expect(await store.has("0".repeat(64))).toBe(false);
    await expect(store.unpack("0".repeat(64), out("none"))).rejects.toMatchObject({ code: "artifact_missing" });
    for (const hostile of ["../../etc/passwd", "", "A".repeat(64), "latest"]) await expect(store.has(hostile)).rejects.toMatchObject({ code: "artifact_missing" });
  });

  test("a publication that is given up leaves nothing that could be taken for the artifact", async () => {
    const packed = await packRandom(directory, 1_000);
    const stopping = new AbortController();
    stopping.abort(new Error("stopped"));
    await harness.open().publish(packed, stopping.signal).catch(() => undefined);
    const there = await harness.open().has(packed.digest);
    if (there) await harness.open().unpack(packed.digest, out("whole"));
    expect((await harness.open().list()).length).toBe(there ? 1 : 0);
  });
}
