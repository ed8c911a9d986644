// A worker of deployments as a process of its own, that stops itself once at a given moment: `node deployment-worker.ts PLACE MOMENT`.
import { HostRepository } from "../../packages/control-plane/src/build/host/repository.ts";
import { Environments } from "../../packages/control-plane/src/deployment/environments.ts";
import type { Environment } from "../../packages/control-plane/src/deployment/environment.ts";
import { runDeployment } from "../../packages/control-plane/src/deployment/run-deployment.ts";
import type { Target } from "../../packages/control-plane/src/deployment/targets/target.ts";
import { openDeploymentContext, type DeploymentPlace } from "./deployment-context.ts";

let moment = process.argv[3];

/** As if from outside, and exactly here: nothing of this process runs until it is continued. */
function pauseAt(name: string): void {
  if (moment !== name) return;
  moment = undefined;
  process.kill(process.pid, "SIGSTOP");
}

function pausing(target: Target): Target {
  return {
    ...target,
    prepare: (...args) => (pauseAt("prepare"), target.prepare(...args)),
    start: (...args) => (pauseAt("start"), target.start(...args)),
    check: (...args) => (pauseAt("check"), target.check(...args)),
    switch: async (...args) => {
      pauseAt("switch");
      const switched = await target.switch(...args);
      pauseAt("after the switch");
      return switched;
    },
    stop: (...args) => (pauseAt("stop"), target.stop(...args)),
  };
}

const get = Environments.prototype.get;
Environments.prototype.get = async function (name: string): Promise<Environment> {
  const environment = await get.call(this, name);
  return { ...environment, target: pausing(environment.target) };
};
const land = HostRepository.prototype.land;
HostRepository.prototype.land = function (commit: string, branch: string): Promise<boolean> {
  pauseAt("land");
  return land.call(this, commit, branch);
};

const context = await openDeploymentContext(JSON.parse(process.argv[2] ?? "") as DeploymentPlace);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
await context.jobs.work("deployment", 4, async (id) => {
  await runDeployment(context, id, new AbortController().signal).then(
    () => say(`left ${id}`),
    (error: unknown) => say(`failed ${id} ${String(error)}`),
  );
});
say("ready");
