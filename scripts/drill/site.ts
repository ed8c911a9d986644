import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenFile } from "../../packages/control-plane/src/config/config.ts";
import { findPlaces } from "../../packages/control-plane/src/database/embedded/places.ts";
import { findPostmaster } from "../../packages/control-plane/src/database/embedded/postmaster.ts";
import { processTarget } from "../../packages/control-plane/src/deployment/targets/process/process-target.ts";
import { freePort } from "../../test/support/free-port.ts";
import { processesWith, tryKill } from "../../test/support/processes.ts";
import { RestClient, until } from "../../test/support/rest-client.ts";
import { SiteDatabase } from "./database.ts";
import { Gate } from "./gate.ts";
import { writeHost } from "./host.ts";
import { Service } from "./service.ts";

/** Where everything of a site lies. */
export interface SitePlaces {
  readonly root: string;
  /** The host's work tree. */
  readonly host: string;
  readonly data: string;
  /** The temporary directory of all processes: what they forget there is seen. */
  readonly temporary: string;
  readonly environment: string;
}

/** A whole installation on this machine: `modyard serve`, a worker, gateway, application, database. */
export class Site {
  readonly places: SitePlaces;
  readonly database: SiteDatabase;
  readonly gate: Gate;
  readonly api: RestClient;
  readonly applicationUrl: string;
  readonly url: string;
  readonly serve: Service;
  readonly worker: Service;
  readonly #listen: string;

  private constructor(root: string, apiPort: number, applicationPort: number) {
    const data = join(root, "data");
    this.places = { root, host: join(root, "host"), data, temporary: join(root, "tmp"), environment: join(data, "environments", "prod") };
    this.#listen = `127.0.0.1:${applicationPort}`;
    this.applicationUrl = `http://${this.#listen}`;
    this.url = `http://127.0.0.1:${apiPort}`;
    this.database = new SiteDatabase(data);
    this.gate = new Gate(this.database);
    this.api = new RestClient(() => ({ url: this.url, token: readFileSync(tokenFile(data), "utf8").trim() }));
    const common = ["--host-repo", this.places.host, "--data", data, "--environment", `prod=${this.#listen}`];
    const env = { ...process.env, TMPDIR: this.places.temporary, MODYARD_DRILL_SITE: root };
    this.serve = new Service({ name: "modyard serve", args: ["serve", ...common, "--port", String(apiPort)], env, log: join(root, "serve.log") });
    this.worker = new Service({ name: "modyard worker", args: ["worker", ...common], env, log: join(root, "worker.log") });
  }

  /** Starts one, and waits until its API answers. */
  static async open(): Promise<Site> {
    const root = await mkdtemp(join(tmpdir(), "modyard-drill-"));
    // PostgreSQL runs as another user where the drill runs as root.
    await chmod(root, 0o755);
    await mkdir(join(root, "tmp"));
    await chmod(join(root, "tmp"), 0o1777);
    await writeHost(join(root, "host"));
    const site = new Site(root, await freePort(), await freePort());
    try {
      await until("the control plane", () => site.answers(), Boolean);
      await site.gate.install();
      return site;
    } catch (error) {
      await site.close({ keep: true });
      throw new Error(`the site did not start; its logs are in ${root}`, { cause: error });
    }
  }

  /** Whether the API answers. */
  answers(): Promise<boolean> {
    return fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);
  }

  get postmaster(): number | undefined {
    return findPostmaster(findPlaces(this.places.data));
  }

  /** Ends everything; what does not end is killed, so that nothing outlives the drill. */
  async close({ keep }: { readonly keep: boolean }): Promise<void> {
    await this.gate.open().catch(() => undefined);
    await this.database.close();
    await Promise.all([this.serve.stop(), this.worker.stop()]);
    const target = processTarget({ environment: "prod", directory: this.places.environment, listen: this.#listen, unpack: () => Promise.reject(new Error("nothing is unpacked while stopping")) });
    await target.stopGateway().catch(() => undefined);
    const rest = [...(await processesWith({ environment: this.places.root })), ...(await processesWith({ commandLine: this.places.root }))];
    for (const pid of rest) tryKill(pid, "SIGKILL");
    const { postmaster } = this;
    if (postmaster !== undefined) tryKill(postmaster, "SIGQUIT");
    await until("the database to end", () => Promise.resolve(this.postmaster), (pid) => pid === undefined);
    if (!keep) await rm(this.places.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
