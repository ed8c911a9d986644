import type { Composition } from "../../composition/composition.ts";
import { exactDelta } from "../../composition/delta.ts";
import { generateRegistry } from "../../codegen/generate-registry.ts";
import { writeInside } from "../host/checkout.ts";
import { listRequests } from "../requests-store.ts";
import { composeMessage } from "./commit-message.ts";
import type { Rendered } from "./render.ts";
import type { PipelineRun } from "./run.ts";

/**
 * Writes the generated registry files and makes the composition commit; returns it. Now, before any code of the host
 * or its modules runs: nothing that such code writes can get into the commit.
 */
export async function generate(run: PipelineRun, { snapshot, checkout, plan, tools }: Rendered, composition: Composition): Promise<string> {
  const files = generateRegistry(composition, snapshot.host);
  for (const file of files) {
    writeInside(checkout.directory, file.path, file.text);
    run.log(`generated ${file.path}`);
  }
  const paths = ["modules.toml", ...files.map((file) => file.path), ...tools.toolchain.compositionFiles(snapshot.host)];
  const commit = await run.context.repository.commit(checkout, paths, composeMessage(run.build, await listRequests(run.context.handle.db, run.build.id), composition, exactDelta(plan.delta, composition)));
  run.log(commit === checkout.commit ? "the commit already holds this composition" : `composition commit ${commit.slice(0, 12)}`);
  return commit;
}
