import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PackedArtifact } from "../../packages/control-plane/src/build/artifacts/artifact-store.ts";
import { DirectoryArtifactStore } from "../../packages/control-plane/src/build/artifacts/directory-store.ts";
import { parseOciAddress } from "../../packages/control-plane/src/build/artifacts/oci/address.ts";
import { writeManifest } from "../../packages/control-plane/src/build/artifacts/oci/manifest.ts";
import { openArtifactStore } from "../../packages/control-plane/src/build/artifacts/open-store.ts";
import { RegistryArtifactStore, type RegistryStoreOptions } from "../../packages/control-plane/src/build/artifacts/registry-store.ts";
import { openDirectory } from "../support/directory.ts";
import { dockerRegistry, registryUser, startDockerRegistry, type TestRegistry } from "../support/docker-registry.ts";
import { openRelay } from "../support/relay.ts";
import { isThere } from "../support/requirement.ts";
import { until } from "../support/rest-client.ts";
import { artifactStoreContract, packRandom } from "./artifact-store-contract.ts";

/** The first byte of what may not change becomes another. */
function spoil(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe("a directory", () => {
  artifactStoreContract(() => {
    const directory = openDirectory("store");
    return Promise.resolve({
      open: () => new DirectoryArtifactStore(directory),
      damage: ({ digest }) => spoil(join(directory, `${digest}.tar.zst`)),
      close: () => Promise.resolve(rmSync(directory, { recursive: true, force: true })),
    });
  });
});

/** Impatient, so that tests of what is away need not wait long. */
const quickly = { delaysMs: [20, 50, 100, 200, 400], chunkBytes: 256 * 1024 };

describe.runIf(isThere(dockerRegistry))("a registry", () => {
  let registry: TestRegistry;
  let directory: string;
  let machines = 0;
  let name = "";
  beforeAll(async () => {
    registry = await startDockerRegistry();
  });
  afterAll(() => registry?.close());
  beforeEach(() => {
    directory = openDirectory("machines");
    name = `team/artifacts-${(machines += 1)}`;
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function machine(changes: Partial<RegistryStoreOptions> = {}): RegistryArtifactStore {
    const cacheDirectory = join(directory, `machine-${(machines += 1)}`);
    return new RegistryArtifactStore({ address: parseOciAddress(`oci://${registry.host}/${name}`), cacheDirectory, ...quickly, ...changes });
  }

  /** The registry's own file of the artifact's blob: the largest there is. */
  function blobFile(): string {
    const blobs = join(registry.storage, "docker/registry/v2/blobs/sha256");
    const files = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.toSorted((left, right) => readFileSync(right).length - readFileSync(left).length)[0] ?? expect.unreachable("no blob");
  }
  const emptyStorage = (): void => rmSync(join(registry.storage, "docker"), { recursive: true, force: true });

  describe("the contract", () => {
    beforeEach(emptyStorage);
    artifactStoreContract(() => Promise.resolve({ open: () => machine(), damage: () => spoil(blobFile()), close: () => Promise.resolve() }));
  });

  test("going back on the machine that made or fetched an artifact asks no registry", async () => {
    const packed = await packRandom(directory, 100_000);
    const [maker, user, other] = [machine(), machine(), machine()];
    await maker.publish(packed);
    await user.unpack(packed.digest, join(directory, "first"));
    await registry.stop();
    try {
      await maker.unpack(packed.digest, join(directory, "maker"));
      await user.unpack(packed.digest, join(directory, "user"));
      expect([await maker.has(packed.digest), await user.has(packed.digest)]).toEqual([true, true]);
      await expect(other.has(packed.digest)).rejects.toMatchObject({ code: "artifact_store_unreachable" });
      await expect(other.unpack(packed.digest, join(directory, "other"))).rejects.toMatchObject({ code: "artifact_store_unreachable" });
    } finally {
      await registry.start();
    }
    await until("the registry", () => other.has(packed.digest).catch(() => false), Boolean);
  });

  test("a copy here that was damaged is fetched again", async () => {
    const packed = await packRandom(directory, 100_000);
    const cacheDirectory = join(directory, "cache");
    const store = machine({ cacheDirectory });
    await store.publish(packed);
    spoil(join(cacheDirectory, `${packed.digest}.tar.zst`));
    await store.unpack(packed.digest, join(directory, "whole"));
    expect(readFileSync(join(directory, "whole/random"))).toHaveLength(100_000);
  });

  test("the cache holds no more than it may", async () => {
    const cacheDirectory = join(directory, "cache");
    const store = machine({ cacheDirectory, cacheBytes: 250_000 });
    const packed: PackedArtifact[] = [];
    for (let index = 0; index < 4; index += 1) {
      packed.push(await packRandom(directory, 100_000));
      await store.publish(packed[index] ?? expect.unreachable());
    }
    expect(readdirSync(cacheDirectory)).toHaveLength(2);
    for (const { digest } of packed) expect(await store.has(digest)).toBe(true);
  });

  test("connections that break several times cost chunks, not the upload or the download", async () => {
    const relay = await openRelay(() => new URL(`http://${registry.host}`));
    const address = parseOciAddress(`oci://${new URL(relay.url).host}/${name}`);
    const packed = await packRandom(directory, 6_000_000);
    let cuts = 0;
    const cutting = setInterval(() => (cuts += 1) <= 8 && relay.cut(), 60);
    try {
      const patient = { address, chunkBytes: 512 * 1024, delaysMs: Array.from({ length: 60 }, () => 20) };
      await machine(patient).publish(packed);
      await machine(patient).unpack(packed.digest, join(directory, "out"));
    } finally {
      clearInterval(cutting);
      await relay.close();
    }
    expect(readFileSync(join(directory, "out/random"))).toHaveLength(6_000_000);
  });

  test("a process that is killed in the middle of an upload leaves no artifact, and the next one publishes it", async () => {
    // So many chunks that the upload is under way for long after its beginning was seen.
    const packed = await packRandom(directory, 8_000_000);
    const uploads = join(registry.storage, "docker/registry/v2/repositories", name, "_uploads");
    const source = `
      import { RegistryArtifactStore } from ${JSON.stringify(fileURLToPath(new URL("../../packages/control-plane/src/build/artifacts/registry-store.ts", import.meta.url)))};
      await new RegistryArtifactStore(${JSON.stringify({ address: parseOciAddress(`oci://${registry.host}/${name}`), cacheDirectory: join(directory, "killed"), chunkBytes: 4 * 1024 })}).publish(${JSON.stringify(packed)});`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", source], { stdio: "ignore" });
    const gone = once(child, "exit");
    await until("the upload", () => Promise.resolve(listing(uploads)), (names) => names.length > 0);
    child.kill("SIGKILL");
    await gone;
    expect(await machine().has(packed.digest)).toBe(false);
    await machine().publish(packed);
    await machine().unpack(packed.digest, join(directory, "out"));
  });

  test("what another program put under the tag is not taken for an artifact", async () => {
    const digest = "a".repeat(64);
    const body = JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [] });
    const put = await fetch(`http://${registry.host}/v2/${name}/manifests/${digest}`, { method: "PUT", headers: { "content-type": "application/vnd.oci.image.index.v1+json" }, body });
    expect(put.status).toBe(201);
    await expect(machine().unpack(digest, join(directory, "out"))).rejects.toMatchObject({ code: expect.stringMatching(/^artifact_(?:damaged|missing|store_refused)$/) as string });
  });

  describe("with sign-in", () => {
    let guarded: TestRegistry;
    beforeAll(async () => {
      guarded = await startDockerRegistry({ signIn: true });
    });
    afterAll(() => guarded?.close());
    const settings = () => ({ MODYARD_ARTIFACTS: `oci://${guarded.host}/modyard` });
    const storeOf = (env: Readonly<Record<string, string>>) => openArtifactStore(join(directory, `data-${(machines += 1)}`), { DOCKER_CONFIG: join(directory, "none"), ...settings(), ...env });

    test("user and password come from the environment, a file, or docker's configuration, and count as secrets", async () => {
      const packed = await packRandom(directory, 1_000);
      writeFileSync(join(directory, "password"), `${registryUser.password}\n`);
      mkdirSync(join(directory, "docker"));
      const auth = Buffer.from(`${registryUser.user}:${registryUser.password}`).toString("base64");
      writeFileSync(join(directory, "docker/config.json"), JSON.stringify({ auths: { [guarded.host]: { auth } } }));
      const ways = [
        { MODYARD_ARTIFACTS_USER: registryUser.user, MODYARD_ARTIFACTS_PASSWORD: registryUser.password },
        { MODYARD_ARTIFACTS_USER: registryUser.user, MODYARD_ARTIFACTS_PASSWORD_FILE: join(directory, "password") },
        { DOCKER_CONFIG: join(directory, "docker") },
      ];
      for (const way of ways) {
        const { artifacts, secrets } = storeOf(way);
        expect(secrets).toEqual([registryUser.password]);
        await artifacts.publish(packed);
        expect(await artifacts.has(packed.digest)).toBe(true);
      }
    });

    test.each([{}, { MODYARD_ARTIFACTS_USER: "modyard", MODYARD_ARTIFACTS_PASSWORD: "wrong-password" }])("without the right ones it is denied, which is not the same as gone, and no password is told", async (env) => {
      const { artifacts } = storeOf(env);
      const denied = await artifacts.has("0".repeat(64)).then(String, (error: unknown) => error);
      expect(denied).toMatchObject({ code: "artifact_store_denied" });
      expect(JSON.stringify(denied, Object.getOwnPropertyNames(denied))).not.toContain("wrong-password");
      await expect(artifacts.publish(await packRandom(directory, 1_000))).rejects.toMatchObject({ code: "artifact_store_denied" });
    });

    test("a user without a password is told at the start", () => {
      expect(() => storeOf({ MODYARD_ARTIFACTS_USER: "modyard" })).toThrow(expect.objectContaining({ code: "config_invalid" }));
    });
  });
});

test("a registry's list asks for several manifests at once, and never for all", async () => {
  const digests = Array.from({ length: 30 }, (_, index) => index.toString(16).padStart(64, "0"));
  let [open, most] = [0, 0];
  const answers: (() => void)[] = [];
  const server = createServer((request, response) => {
    if (request.url?.includes("/tags/list") === true) return void response.end(JSON.stringify({ tags: digests }));
    most = Math.max(most, (open += 1));
    answers.push(() => {
      open -= 1;
      response.end(writeManifest({ digest: `sha256:${"a".repeat(64)}`, size: 1, publishedAt: new Date() }));
    });
    // Nobody is answered before a second one asks, but at the end.
    if (open > 1 || request.url?.endsWith(digests.at(-1) ?? "") === true) for (const answer of answers.splice(0)) answer();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const store = new RegistryArtifactStore({ address: parseOciAddress(`oci://127.0.0.1:${port}/x`), cacheDirectory: "/nowhere", ...quickly });
  expect((await store.list()).map(({ digest }) => digest)).toEqual(digests);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
  server.close();
});

describe("addresses", () => {
  test.each([
    ["oci://127.0.0.1:5000/modyard", "http://127.0.0.1:5000"],
    ["oci://localhost/a/b", "http://localhost"],
    ["oci://[::1]:5000/a", "http://[::1]:5000"],
    ["oci://registry.example/team/modyard", "https://registry.example"],
    ["oci+http://10.0.0.5:5000/modyard", "http://10.0.0.5:5000"],
  ])("%s is reached by %s", (text, origin) => {
    expect(parseOciAddress(text).origin).toBe(origin);
  });

  test.each(["registry.example/modyard", "https://registry.example/modyard", "oci://registry.example", "oci://registry.example/Modyard", "oci://user:secret@registry.example/modyard", "oci://registry.example/a/../b", "oci:///modyard"])("%s is refused", (text) => {
    expect(() => parseOciAddress(text)).toThrow(expect.objectContaining({ code: "config_invalid" }));
  });
});

function listing(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
