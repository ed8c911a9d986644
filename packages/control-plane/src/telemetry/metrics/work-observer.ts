import type { Registry } from "prom-client";
import type { Executor } from "../../database/connection.ts";
import { catalogue } from "../../errors/catalogue.ts";
import { readJournal, type JournalAction, type RecordedEntry } from "../../journal/journal.ts";
import { BoundedLabel, otherValue } from "./bounded.ts";
import { readBuilds, readDeployments, secondsBetween, type FinishedDeployment, type FinishedWork } from "./finished-work.ts";
import { workMetrics, type WorkMetrics } from "./work-metrics.ts";

const pageSize = 500;
const buildEnds: ReadonlySet<string> = new Set<JournalAction>(["build.succeeded", "build.failed", "build.cancelled"]);
const deploymentEnds: ReadonlySet<string> = new Set<JournalAction>(["deployment.succeeded", "deployment.failed"]);

/**
 * Counts what happened by reading the journal on from where it was when this server began: each entry once, whichever process
 * wrote it. Nothing has to be told between processes, and a scrape shows all that was committed before it.
 */
export class WorkObserver {
  readonly #db: Executor;
  readonly #metrics: WorkMetrics;
  readonly #labels = { environment: new BoundedLabel(), step: new BoundedLabel() };
  #position: number;
  #reading: Promise<void> = Promise.resolve();

  private constructor(db: Executor, registry: Registry, position: number) {
    this.#db = db;
    this.#metrics = workMetrics(registry);
    this.#position = position;
    for (const status of ["success", "failed", "cancelled"]) this.#metrics.buildsFinished.inc({ status }, 0);
    for (const work of ["build", "deployment"]) {
      this.#metrics.leaseTakeovers.inc({ work }, 0);
      this.#metrics.leasesRevoked.inc({ work }, 0);
    }
  }

  static async open(db: Executor, registry: Registry): Promise<WorkObserver> {
    // By the order of the commits, as it is read on: the greatest number may not be the last one.
    const last = await db.selectFrom("journalChain").select("entryId").orderBy("position", "desc").limit(1).executeTakeFirst();
    const observer = new WorkObserver(db, registry, last?.entryId ?? 0);
    const environments = await db.selectFrom("environmentOwners").select("environment").orderBy("environment").execute();
    for (const { environment } of environments) observer.#expect(environment);
    return observer;
  }

  /** Counts what came since the last time. Calls take turns, so that nothing is counted twice. */
  async readOn(): Promise<void> {
    const turn = this.#reading.catch(() => undefined).then(() => this.#read());
    this.#reading = turn;
    await turn;
  }

  async #read(): Promise<void> {
    for (;;) {
      const entries = await readJournal(this.#db, { after: this.#position, limit: pageSize });
      const builds = await readBuilds(this.#db, subjects(entries, buildEnds));
      const deployments = await readDeployments(this.#db, subjects(entries, deploymentEnds));
      // Without a pause from here on: what fails above is read again, and counted once.
      for (const entry of entries) this.#count(entry, builds, deployments);
      this.#position = entries.at(-1)?.id ?? this.#position;
      if (entries.length < pageSize) return;
    }
  }

  #count(entry: RecordedEntry, builds: ReadonlyMap<string, FinishedWork>, deployments: ReadonlyMap<string, FinishedDeployment>): void {
    const metrics = this.#metrics;
    const { action, subjectId, subjectType: work, details } = entry;
    metrics.journalEntries.inc({ action });
    const build = buildEnds.has(action) ? builds.get(subjectId) : undefined;
    const deployment = deploymentEnds.has(action) ? deployments.get(subjectId) : undefined;
    if (action === "build.requested") metrics.buildRequests.inc({ outcome: "queued" });
    else if (action === "build.joined" || action === "build.folded") metrics.buildRequests.inc({ outcome: action.slice("build.".length) });
    else if (action === "build.step_retried") metrics.buildStepRetries.inc({ step: this.#step(details["step"]) });
    else if (action === "build.taken_over" || action === "deployment.taken_over") metrics.leaseTakeovers.inc({ work });
    else if (action === "lease.taken_over") metrics.leasesRevoked.inc({ work });
    else if (action === "release.restarted") metrics.releaseRestarts.inc();
    else if (action === "deployment.requested" && typeof details["environment"] === "string") this.#expect(details["environment"]);
    else if (build !== undefined) this.#countBuild(build);
    else if (deployment !== undefined) this.#countDeployment(deployment);
  }

  #countBuild(build: FinishedWork): void {
    const { buildsFinished, buildDuration, buildWait, buildStepDuration } = this.#metrics;
    const { status } = build;
    buildsFinished.inc({ status });
    const [wait, duration] = [secondsBetween(build.createdAt, build.startedAt), secondsBetween(build.startedAt, build.finishedAt)];
    if (wait !== undefined) buildWait.observe(wait);
    if (duration !== undefined) buildDuration.observe({ status }, duration);
    for (const step of build.steps) buildStepDuration.observe({ step: this.#step(step.name), status: step.status }, step.seconds);
    this.#countFailure("build", build);
  }

  #countDeployment(deployment: FinishedDeployment): void {
    const { deploymentsFinished, deploymentDuration, deploymentWait, deploymentStepDuration } = this.#metrics;
    const { status, kind } = deployment;
    const labels = { environment: this.#labels.environment.of(deployment.environment), kind, status };
    deploymentsFinished.inc(labels);
    const [wait, duration] = [secondsBetween(deployment.createdAt, deployment.startedAt), secondsBetween(deployment.startedAt, deployment.finishedAt)];
    if (wait !== undefined) deploymentWait.observe(wait);
    if (duration !== undefined) deploymentDuration.observe(labels, duration);
    for (const step of deployment.steps) deploymentStepDuration.observe({ step: this.#step(step.name), status: step.status }, step.seconds);
    this.#countFailure("deployment", deployment);
  }

  /** Begins an environment's series at zero: Prometheus sees no increase in a series that begins with its first event. */
  #expect(name: string): void {
    const environment = this.#labels.environment.of(name);
    for (const kind of ["deploy", "rollback", "auto_rollback"]) for (const status of ["success", "failed"]) this.#metrics.deploymentsFinished.inc({ environment, kind, status }, 0);
  }

  #countFailure(work: string, { error }: FinishedWork): void {
    if (error === null) return;
    const code = error.problems[0]?.code ?? otherValue;
    this.#metrics.failures.inc({ work, step: this.#step(error.step), code: code in catalogue ? code : otherValue });
  }

  #step(name: unknown): string {
    return this.#labels.step.of(typeof name === "string" ? name : otherValue);
  }
}

function subjects(entries: readonly RecordedEntry[], actions: ReadonlySet<string>): readonly string[] {
  return entries.filter(({ action }) => actions.has(action)).map(({ subjectId }) => subjectId);
}
