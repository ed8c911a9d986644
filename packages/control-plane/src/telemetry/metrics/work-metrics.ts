import { Counter, Histogram, type Registry } from "prom-client";

const buildSeconds = [5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];
const deploymentSeconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
const stepSeconds = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_800];
const waitSeconds = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600];

/** What is counted of builds and deployments since this server began, whichever process did the work. */
export type WorkMetrics = ReturnType<typeof workMetrics>;

/** Registers them. */
export function workMetrics(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> => new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[], buckets: number[]): Histogram<Label> => new Histogram({ name, help, labelNames: [...labelNames], buckets, registers: [registry] });
  return {
    buildRequests: counter("modyard_build_requests_total", "Requests for builds by what they came to: queued, joined or folded", ["outcome"]),
    buildsFinished: counter("modyard_builds_finished_total", "Builds that ended, by status", ["status"]),
    buildDuration: histogram("modyard_build_duration_seconds", "From the start of a build to its end, by status", ["status"], buildSeconds),
    buildWait: histogram("modyard_build_wait_seconds", "From the request of a build to its start", [], waitSeconds),
    buildStepDuration: histogram("modyard_build_step_duration_seconds", "Steps of builds that ended, by step and status", ["step", "status"], stepSeconds),
    buildStepRetries: counter("modyard_build_step_retries_total", "Steps that were run once more for want of memory", ["step"]),
    deploymentsFinished: counter("modyard_deployments_finished_total", "Deployments that ended, by environment, kind and status", ["environment", "kind", "status"]),
    deploymentDuration: histogram("modyard_deployment_duration_seconds", "From the start of a deployment to its end, by environment, kind and status", ["environment", "kind", "status"], deploymentSeconds),
    deploymentWait: histogram("modyard_deployment_wait_seconds", "From the request of a deployment to its start", [], waitSeconds),
    deploymentStepDuration: histogram("modyard_deployment_step_duration_seconds", "Steps of deployments that ended, by step and status", ["step", "status"], stepSeconds),
    failures: counter("modyard_failures_total", "Builds and deployments that failed, by step and code of the first problem", ["work", "step", "code"]),
    leaseTakeovers: counter("modyard_lease_takeovers_total", "Work that one worker took up after another one", ["work"]),
    leasesRevoked: counter("modyard_leases_revoked_total", "Leases that were taken away on somebody's word", ["work"]),
    releaseRestarts: counter("modyard_release_restarts_total", "Times that releases had to be started again after they had ended by themselves", []),
    journalEntries: counter("modyard_journal_entries_total", "Entries of the journal, by action", ["action"]),
  };
}
