import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { zstdCompressSync } from "node:zlib";
import { pack as tarOf, type Header } from "tar-stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DirectoryArtifactStore } from "./directory-store.ts";
import { packArtifact } from "./pack.ts";

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "modyard-artifacts-")));
  mkdirSync(join(directory, "root/folder"), { recursive: true });
  writeFileSync(join(directory, "root/empty"), "");
  writeFileSync(join(directory, "root/folder/small"), "hello\n");
  writeFileSync(join(directory, "root/folder/large"), Buffer.alloc(700_000, "large "));
  chmodSync(join(directory, "root/folder/small"), 0o744);
  symlinkSync("folder/small", join(directory, "root/link"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const entriesOf = (...paths: readonly string[]) => paths.map((path) => ({ path, source: join(directory, "root", path) }));
const all = ["folder/small", "folder/large", "empty", "link"];
const pack = (...paths: readonly string[]) => packArtifact(join(directory, "root"), entriesOf(...paths), join(directory, "packed"));

test("what was packed and published comes out as it was", async () => {
  const store = new DirectoryArtifactStore(join(directory, "store"));
  const packed = await pack(...all);
  await store.publish(packed);
  await store.unpack(packed.digest, join(directory, "out"));
  expect(readFileSync(join(directory, "out/folder/large")).equals(readFileSync(join(directory, "root/folder/large")))).toBe(true);
  expect(readFileSync(join(directory, "out/empty"), "utf8")).toBe("");
  expect(readFileSync(join(directory, "out/link"), "utf8")).toBe("hello\n");
  expect(readlinkSync(join(directory, "out/link"))).toBe("folder/small");
  expect(statSync(join(directory, "out/folder/small")).mode & 0o777).toBe(0o755);
});

test("the digest depends on contents, paths and the executable bit, and on nothing else", async () => {
  const first = (await pack(...all)).digest;
  utimesSync(join(directory, "root/folder/small"), 1, 1);
  chmodSync(join(directory, "root/folder/small"), 0o700);
  expect((await pack(...all.toReversed())).digest).toBe(first);
  chmodSync(join(directory, "root/folder/small"), 0o600);
  const withoutBit = (await pack(...all)).digest;
  expect(withoutBit).not.toBe(first);
  writeFileSync(join(directory, "root/folder/small"), "hellO\n");
  expect((await pack(...all)).digest).not.toBe(withoutBit);
  expect((await pack("folder/large", "empty", "link")).digest).not.toBe(withoutBit);
});

test("a link out of the artifact is refused", async () => {
  symlinkSync("/etc/passwd", join(directory, "root/absolute"));
  symlinkSync("../../outside", join(directory, "root/folder/up"));
  await expect(pack("absolute")).rejects.toThrow("absolute -> /etc/passwd leads out");
  await expect(pack("folder/up")).rejects.toThrow("leads out of the artifact");
});

test("a folder that build code replaced by a link to elsewhere is refused", async () => {
  mkdirSync(join(directory, "secrets"));
  writeFileSync(join(directory, "secrets/token"), "secret");
  symlinkSync("../secrets", join(directory, "root/dist"));
  await expect(pack("dist/token")).rejects.toMatchObject({ code: "path_refused" });
});

test("a missing artifact and a hostile digest are told, not thrown as file errors", async () => {
  const store = new DirectoryArtifactStore(join(directory, "store"));
  await expect(store.unpack("0".repeat(64), join(directory, "out"))).rejects.toMatchObject({ code: "artifact_missing" });
  await expect(store.has("../../etc/passwd")).rejects.toMatchObject({ code: "artifact_missing" });
});

test("a damaged artifact is an error, not a half-made directory that passes for whole", async () => {
  const store = new DirectoryArtifactStore(join(directory, "store"));
  const packed = await pack(...all);
  await store.publish(packed);
  const file = join(directory, "store", `${packed.digest}.tar.zst`);
  writeFileSync(file, readFileSync(file).subarray(0, 100));
  await expect(store.unpack(packed.digest, join(directory, "out"))).rejects.toThrow();
});

type Given = Pick<Header, "name"> & Partial<Pick<Header, "type" | "linkname">>;

/** An archive as somebody writes it who can write to the store. */
async function forge(entries: readonly Given[], digest: string): Promise<DirectoryArtifactStore> {
  const tar = tarOf();
  for (const entry of entries) tar.entry(entry, entry.type === "symlink" ? "" : "written");
  tar.finalize();
  mkdirSync(join(directory, "store"));
  writeFileSync(join(directory, "store", `${digest}.tar.zst`), zstdCompressSync(await buffer(tar)));
  return new DirectoryArtifactStore(join(directory, "store"));
}

const link = (name: string, linkname: string): Given => ({ name, type: "symlink", linkname });
test.each<readonly [string, (elsewhere: string) => readonly Given[]]>([
  ["a name that goes up", () => [{ name: "../../victim" }]],
  ["a link that goes up", () => [link("out", "../.."), { name: "out/victim" }]],
  ["a link to an absolute path", (elsewhere) => [link("out", elsewhere), { name: "out/victim" }]],
  ["a link from a folder", () => [link("deep/out", "../../.."), { name: "deep/out/victim" }]],
  ["links that go up together", () => [link("a/b/here", "../.."), link("up", "a/b/here/../.."), { name: "up/victim" }]],
  ["a file in a link's place", () => [link("same", "../../victim"), { name: "same" }]],
])("an artifact that somebody forged writes nothing beside its directory: %s", async (_name, entries) => {
  const digest = "f".repeat(64);
  const store = await forge(entries(directory), digest);
  await expect(store.unpack(digest, join(directory, "out/deep"))).rejects.toMatchObject({ code: "artifact_damaged" });
  expect(existsSync(join(directory, "victim")) || existsSync(join(directory, "out/victim"))).toBe(false);
});
