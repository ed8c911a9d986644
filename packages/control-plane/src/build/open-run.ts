import { join } from "node:path";
import { asHolder } from "../jobs/leases/as-holder.ts";
import type { BuildContext } from "./context.ts";
import type { Heartbeat } from "./lease.ts";
import type { BuildLog } from "./log.ts";
import type { PipelineRun, Workspace } from "./pipeline/run.ts";
import { sandboxLimits } from "./sandbox-limits.ts";
import { createSandbox } from "./sandbox/sandbox.ts";
import type { StepRecorder } from "./step-recorder.ts";
import type { Build } from "./store.ts";

/** What the pipeline's steps share while this worker holds the build. */
export function openRun(context: BuildContext, build: Build, workspace: Workspace, log: BuildLog, recorder: StepRecorder, heartbeat: Heartbeat): PipelineRun {
  const { signal } = heartbeat;
  const say = (text: string): void => log.write(recorder.current, "modyard", text);
  let sparing = false;
  return {
    context,
    build,
    workspace,
    signal,
    log: say,
    get sparing() {
      return sparing;
    },
    spare: () => {
      sparing = true;
    },
    step: (name, action) => {
      heartbeat.assertHeld();
      return recorder.run(name, action);
    },
    asHolder: (action) => asHolder(context.handle, { table: "builds", id: build.id, token: build.leaseToken }, heartbeat, action),
    toolchainContext: ({ checkout, snapshot: { host, manifest, catalogs } }) => ({
      workspace: checkout.directory,
      trackedFiles: checkout.files,
      host,
      cacheDirectory: join(context.dataDirectory, "cache"),
      app: manifest.app,
      profile: manifest.build.profile,
      ...(manifest.build.target !== undefined && { target: manifest.build.target }),
      pathRoots: context.pathRoots,
      allowScripts: catalogs.flatMap(({ entries }) => entries.filter((entry) => entry.allowScripts).map((entry) => entry.spec.packageName)),
      useCache: !build.force,
      signal,
      log: say,
      progress: (done, total) => recorder.report(done, total),
      run: createSandbox({
        workspace: checkout.directory,
        hiddenDirectories: [context.dataDirectory],
        scratchDirectory: workspace.scratch,
        onLine: (line) => log.write(recorder.current, line.stream, line.text),
        signal,
        limits: sandboxLimits(context),
        sparing: () => sparing,
      }),
    }),
  };
}
