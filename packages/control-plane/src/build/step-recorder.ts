import { sql } from "kysely";
import type { DatabaseHandle } from "../database/connection.ts";
import { toPublicId } from "../database/identifiers.ts";
import { ProgressTeller } from "../events/progress-teller.ts";
import type { BuildLog } from "./log.ts";
import { inSpan } from "../telemetry/tracing/spans.ts";
import { stepWeights } from "./progress.ts";
import type { BuildStage } from "./states.ts";
import { buildSteps, progressAt, type StepName } from "./steps.ts";
import { patchBuild, type Build } from "./store.ts";

/** Runs the steps of one build and records them: rows, stage, progress. Every write carries the build's fence. */
export class StepRecorder {
  readonly #handle: DatabaseHandle;
  readonly #build: Build;
  readonly #log: BuildLog;
  readonly #weights: readonly number[];
  readonly #teller: ProgressTeller;
  #position = 0;
  #current: StepName = "checkout";
  #progress = 0;
  #isRunning = false;

  private constructor(handle: DatabaseHandle, build: Build, log: BuildLog, weights: readonly number[]) {
    this.#handle = handle;
    this.#build = build;
    this.#log = log;
    this.#weights = weights;
    this.#teller = new ProgressTeller(handle.db);
  }

  static async open(handle: DatabaseHandle, build: Build, log: BuildLog): Promise<StepRecorder> {
    return new StepRecorder(handle, build, log, await stepWeights(handle.db));
  }

  /** The step that runs now, or ran last. */
  get current(): StepName {
    return this.#current;
  }

  async run<T>(name: StepName, action: () => Promise<T>): Promise<T> {
    this.#current = name;
    this.#position += 1;
    const position = this.#position;
    const startedAt = new Date();
    await this.#begin(name, position, startedAt);
    this.#log.write(name, "modyard", `── ${name}`);
    try {
      const result = await inSpan(`build ${name}`, { "modyard.step": name }, action);
      await this.#end(position, "success");
      return result;
    } catch (error) {
      await this.#end(position, "failed").catch(() => undefined);
      throw error;
    }
  }

  /** Progress inside the present step, as a fact told by its tool. */
  report(done: number, total: number): void {
    const progress = progressAt(this.#weights, this.#index(), total === 0 ? 0 : done / total);
    if (progress <= this.#progress) return;
    this.#progress = progress;
    // Lost progress is harmless: the next step writes its own.
    void patchBuild(this.#handle.db, this.#build.id, { progress }, this.#build).then(() => this.#tell(), () => undefined);
  }

  #tell(): void {
    if (!this.#isRunning) return;
    const { id, attempt } = this.#build;
    this.#teller.tell({ build_id: toPublicId("bld", id), attempt, stage: this.#stage(), step: this.#current, progress: this.#progress });
  }

  async #begin(name: StepName, position: number, startedAt: Date): Promise<void> {
    const stage = this.#stage();
    this.#progress = Math.max(this.#progress, progressAt(this.#weights, this.#index(), 0));
    const { id: buildId, attempt } = this.#build;
    await this.#handle.db.transaction().execute(async (trx) => {
      await patchBuild(trx, buildId, { stage, progress: this.#progress }, this.#build);
      await trx.insertInto("buildSteps").values({ buildId, attempt, position, name, status: "running", startedAt }).execute();
    });
    this.#isRunning = true;
    this.#tell();
  }

  async #end(position: number, status: "success" | "failed"): Promise<void> {
    // What was not told yet is not told after the step: the next one's beginning, or the journal, says more.
    this.#isRunning = false;
    this.#teller.stop();
    await this.#log.flush();
    const update = this.#handle.db.updateTable("buildSteps").set({ status, finishedAt: new Date() });
    const held = sql<boolean>`exists (select 1 from builds where id = ${this.#build.id} and lease_token = ${this.#build.leaseToken})`;
    await update.where("buildId", "=", this.#build.id).where("attempt", "=", this.#build.attempt).where("position", "=", position).where(held).execute();
  }

  #stage(): BuildStage {
    return buildSteps[this.#index()]?.stage ?? "build";
  }

  #index(): number {
    return buildSteps.findIndex((step) => step.name === this.#current);
  }
}
