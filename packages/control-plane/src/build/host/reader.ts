import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail, unwrap } from "../../errors/problem.ts";
import type { HostDescriptor } from "../../manifest/host-descriptor.ts";
import { parseHostDescriptor } from "../../manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../manifest/parse-manifest.ts";
import { halfMadeName } from "../../processes/half-made.ts";
import { withLockFile } from "../../processes/lock-file.ts";
import type { HostSnapshot } from "../snapshot.ts";
import type { Toolchains } from "../toolchains.ts";
import { readCatalogs } from "./catalogs.ts";
import type { HostRepository } from "./repository.ts";

const keptTrees = 3;
/** Catalogs from elsewhere may change without a commit. */
const freshMs = 30_000;

/** Reads the host as it stands on a branch. Snapshots of one commit are shared. */
export class HostReader {
  readonly #repository: HostRepository;
  readonly #toolchains: Toolchains;
  readonly #trees: string;
  readonly #cacheDirectory: string;
  readonly #cache = new Map<string, { readonly at: number; readonly snapshot: Promise<HostSnapshot> }>();

  constructor(repository: HostRepository, toolchains: Toolchains, dataDirectory: string) {
    this.#repository = repository;
    this.#toolchains = toolchains;
    this.#trees = join(dataDirectory, "trees");
    this.#cacheDirectory = join(dataDirectory, "cache");
  }

  async snapshot(branch: string): Promise<HostSnapshot> {
    return this.snapshotAt(branch, await this.#repository.tip(branch));
  }

  /** As the branch was at one of its commits. */
  async snapshotAt(branch: string, commit: string): Promise<HostSnapshot> {
    const key = `${branch} ${commit}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && Date.now() - cached.at < freshMs) return cached.snapshot;
    const snapshot = this.#read(branch, commit);
    this.#cache.set(key, { at: Date.now(), snapshot });
    snapshot.catch(() => this.#cache.delete(key));
    for (const old of [...this.#cache.keys()].slice(0, -8)) this.#cache.delete(old);
    return snapshot;
  }

  /** The host's own description at a commit that was built here: a release is run the way it was built to be. */
  async hostAt(commit: string): Promise<HostDescriptor> {
    return unwrap(parseHostDescriptor(await this.#require(commit, "modyard.toml"), "modyard.toml"));
  }

  async #read(branch: string, commit: string): Promise<HostSnapshot> {
    const [manifestText, hostText] = await Promise.all([this.#require(commit, "modules.toml"), this.#require(commit, "modyard.toml")]);
    const manifest = unwrap(parseManifest(manifestText, "modules.toml"));
    const host = unwrap(parseHostDescriptor(hostText, "modyard.toml"));
    const toolchain = this.#toolchains(host.toolchain);
    const [readings, lockDigest, tree] = await Promise.all([
      readCatalogs({ repository: this.#repository, commit, cacheDirectory: this.#cacheDirectory }, host.catalogs),
      this.#repository.digestOf(commit, toolchain.compositionFiles(host)),
      this.#tree(commit),
    ]);
    const installedVersions = await toolchain.readInstalledVersions(tree, host, manifest.modules);
    const hostVersion = host.version ?? toolchain.readHostVersion(tree, host);
    return {
      branch,
      commit,
      manifestText,
      manifest,
      host,
      ...(hostVersion !== undefined && { hostVersion }),
      installedVersions,
      catalogs: readings.catalogs,
      catalogProblems: readings.problems,
      lockDigest,
      tree,
    };
  }

  async #require(commit: string, file: string): Promise<string> {
    return (await this.#repository.readFile(commit, file)) ?? fail("host_incomplete", `the host has no ${file} at commit ${commit.slice(0, 12)}`);
  }

  /** A checkout of the commit to read descriptors from, made once. */
  async #tree(commit: string): Promise<string> {
    mkdirSync(this.#trees, { recursive: true });
    const tree = join(this.#trees, commit);
    if (existsSync(tree)) return tree;
    return withLockFile(join(this.#trees, ".lock"), async () => {
      if (existsSync(tree)) return tree;
      const partial = join(this.#trees, halfMadeName());
      await this.#repository.checkOut(commit, partial);
      rmSync(`${partial}.index`, { force: true });
      renameSync(partial, tree);
      this.#removeOld(commit);
      return tree;
    });
  }

  #removeOld(newest: string): void {
    const inUse = new Set([newest, ...[...this.#cache.keys()].slice(-keptTrees).map((key) => key.split(" ").at(-1))]);
    for (const name of readdirSync(this.#trees)) {
      if (!name.startsWith(".") && !inUse.has(name)) rmSync(join(this.#trees, name), { recursive: true, force: true });
    }
  }
}
