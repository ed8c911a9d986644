import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { buildRequestedView, buildView, type BuildView } from "../../packages/control-plane/src/api/views/build.ts";
import { problemDetailsView } from "../../packages/control-plane/src/api/views/common.ts";
import { environmentDetailView } from "../../packages/control-plane/src/api/views/environment.ts";
import { journalView } from "../../packages/control-plane/src/api/views/journal.ts";
import { logView } from "../../packages/control-plane/src/api/views/log.ts";
import { deploymentRequestedView, deploymentsView, deploymentView, releasesView, type DeploymentView } from "../../packages/control-plane/src/api/views/release.ts";

/** An answer that says no. */
export interface Refusal {
  readonly status: number;
  readonly problem: z.output<typeof problemDetailsView>;
}

export type BuildRequested = z.output<typeof buildRequestedView>;
export type DeploymentRequested = z.output<typeof deploymentRequestedView>;
export type JournalEvent = z.output<typeof journalView>["events"][number];
export type LogLine = z.output<typeof logView>["lines"][number];

/** How long anything that is waited for may take before the test fails; loaded machines are slow. */
const usualPatienceMs = 200_000;

/** Asks a control plane as an administrator; every answer is checked against the API's own schemas. */
export class RestClient {
  readonly #address: () => { readonly url: string; readonly token: string };
  readonly #patienceMs: number;

  constructor(address: () => { readonly url: string; readonly token: string }, patienceMs = usualPatienceMs) {
    this.#address = address;
    this.#patienceMs = patienceMs;
  }

  async raw(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const { url, token } = this.#address();
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return fetch(`${url}/admin${path}`, { method, ...sent, headers: { authorization: `Bearer ${token}`, ...sent.headers, ...headers } });
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return parse(await this.raw("GET", path), schema);
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>, headers?: Readonly<Record<string, string>>): Promise<T> {
    return parse(await this.raw("POST", path, body, headers), schema);
  }

  /** Expects an error; throws when the request was granted. */
  async refused(method: string, path: string, body?: unknown): Promise<Refusal> {
    const response = await this.raw(method, path, body);
    const text = await response.text();
    if (response.ok) throw new Error(`${method} ${path} was granted: ${text}`);
    return { status: response.status, problem: problemDetailsView.parse(JSON.parse(text)) };
  }

  requestBuild(body: unknown): Promise<BuildRequested> {
    return this.post("/builds", body, buildRequestedView);
  }

  build(id: string): Promise<BuildView> {
    return this.get(`/builds/${id}`, buildView);
  }

  /** Waits until the build satisfies the condition. */
  async buildWhen(id: string, condition: (build: BuildView) => boolean): Promise<BuildView> {
    return until(`build ${id}`, () => this.build(id), condition, ({ status, stage, error }) => `${status} ${stage} ${JSON.stringify(error)}`, this.#patienceMs);
  }

  /** Waits until the build is over, however it ends. */
  waitForBuild(id: string): Promise<BuildView> {
    return this.buildWhen(id, ({ status }) => !["queued", "running"].includes(status));
  }

  deploy(build: string, body: unknown): Promise<DeploymentRequested> {
    return this.post(`/builds/${build}/deploy`, body, deploymentRequestedView);
  }

  rollBack(build: string, body: unknown): Promise<DeploymentRequested> {
    return this.post(`/builds/${build}/rollback`, body, deploymentRequestedView);
  }

  deployment(id: string): Promise<DeploymentView> {
    return this.get(`/deployments/${id}`, deploymentView);
  }

  /** Waits until the deployment satisfies the condition. */
  deploymentWhen(id: string, condition: (deployment: DeploymentView) => boolean): Promise<DeploymentView> {
    return until(`deployment ${id}`, () => this.deployment(id), condition, ({ status, steps, error }) => `${status} ${JSON.stringify(steps)} ${JSON.stringify(error)}`, this.#patienceMs);
  }

  /** Waits until the deployment is over, however it ends. */
  waitForDeployment(id: string): Promise<DeploymentView> {
    return this.deploymentWhen(id, ({ status }) => !["queued", "running"].includes(status));
  }

  /** Waits for the build and for the newest deployment that followed it. */
  async waitForLive(id: string): Promise<{ readonly build: BuildView; readonly deployment: DeploymentView | undefined }> {
    const build = await this.waitForBuild(id);
    const [newest] = (await this.get(`/deployments?build_id=${id}`, deploymentsView)).deployments;
    return { build, deployment: newest === undefined ? undefined : await this.waitForDeployment(newest.id) };
  }

  environment(name = "prod"): Promise<z.output<typeof environmentDetailView>> {
    return this.get(`/environments/${name}`, environmentDetailView);
  }

  async releases(): Promise<z.output<typeof releasesView>["releases"]> {
    return (await this.get("/releases", releasesView)).releases;
  }

  /** The whole journal, oldest first. */
  async journal(): Promise<readonly JournalEvent[]> {
    return (await this.get("/events?limit=1000", journalView)).events.toReversed();
  }

  /** The build's whole log. */
  async log(id: string): Promise<readonly LogLine[]> {
    return (await this.get(`/builds/${id}/logs?limit=5000`, logView)).lines;
  }
}

/** Asks again and again until the answer satisfies the condition. */
export async function until<T>(what: string, ask: () => Promise<T>, condition: (value: T) => boolean, describe: (value: T) => string = JSON.stringify, patienceMs = usualPatienceMs): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (condition(value)) return value;
    if (Date.now() > deadline) throw new Error(`${what} did not become what was waited for: ${describe(value)}`);
    await delay(25);
  }
}

async function parse<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return schema.parse(JSON.parse(text));
}
