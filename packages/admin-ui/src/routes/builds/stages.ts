import type { GetBuildResponse, ListDeploymentsResponse } from "@modyard/client";

type Build = Pick<GetBuildResponse, "created_at" | "started_at" | "finished_at" | "status" | "steps" | "deploy_to" | "verifies">;
type Deployment = Pick<ListDeploymentsResponse["deployments"][number], "environment" | "status" | "steps" | "error" | "started_at" | "finished_at">;

/** The steps of the pipeline, as people think of it. */
const stages = [
  { name: "checkout", steps: ["checkout", "render"] },
  { name: "build", steps: ["resolve", "generate", "compile"] },
  { name: "test", steps: ["test"] },
  { name: "publish", steps: ["package", "publish", "land"] },
] as const;

/** Made only to be compared, a build ends so. */
const verification = [...stages.slice(0, -1), { name: "compare", steps: ["package"] }] as const;

export type StageState = "done" | "now" | "waits" | "failed" | "ahead";

export interface Stage {
  readonly name: string;
  readonly state: StageState;
  /** Milliseconds so far. */
  readonly took: number | undefined;
  /** The step that runs now, or the one that failed. */
  readonly step: string | undefined;
}

/** What became of each stage, with the time that it took. Where the build was asked for an environment, going live there is the last. */
export function stagesOf(build: Build, now: number, deployments: readonly Deployment[] = []): readonly Stage[] {
  const queued: Stage = { name: "queue", state: build.started_at === null ? (build.finished_at === null ? "now" : "ahead") : "done", took: Date.parse(build.started_at ?? build.finished_at ?? new Date(now).toISOString()) - Date.parse(build.created_at), step: undefined };
  const deploy = build.deploy_to === null ? [] : [deployStage(deployments.find(({ environment }) => environment === build.deploy_to), now)];
  return [queued, ...(build.verifies === null ? stages : verification).map((stage) => buildStage(stage, build, now)), ...deploy];
}

function buildStage({ name, steps }: { readonly name: string; readonly steps: readonly string[] }, build: Build, now: number): Stage {
  const ours = (build.steps ?? []).filter((step) => steps.includes(step.name));
  const begun = ours.filter((step) => step.started_at !== null);
  const took = begun.length === 0 ? undefined : begun.reduce((sum, step) => sum + ((step.finished_at === null ? now : Date.parse(step.finished_at)) - Date.parse(step.started_at ?? "")), 0);
  const failed = ours.find(({ status }) => status === "failed");
  if (failed !== undefined) return { name, state: "failed", took, step: failed.name };
  const running = ours.find(({ status }) => status === "running");
  if (running !== undefined && build.status === "running") return { name, state: "now", took, step: running.name };
  return { name, state: begun.length > 0 && ours.length === steps.length && ours.every(({ finished_at: finished }) => finished !== null) ? "done" : "ahead", took, step: undefined };
}

const deployed: Readonly<Record<Deployment["status"], StageState>> = { waiting_approval: "waits", queued: "now", running: "now", success: "done", failed: "failed", cancelled: "ahead" };

function deployStage(deployment: Deployment | undefined, now: number): Stage {
  if (deployment === undefined) return { name: "deploy", state: "ahead", took: undefined, step: undefined };
  const state = deployed[deployment.status];
  const took = deployment.started_at === null ? undefined : (deployment.finished_at === null ? now : Date.parse(deployment.finished_at)) - Date.parse(deployment.started_at);
  const step = state === "failed" ? deployment.error?.step : state === "now" ? deployment.steps.find(({ status }) => status === "running")?.name : undefined;
  return { name: "deploy", state, took, step };
}
