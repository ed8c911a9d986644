import { toPublicId } from "../../database/identifiers.ts";
import { fail } from "../../errors/problem.ts";
import type { Build } from "../store.ts";
import { checkOut } from "./check-out.ts";
import { compare } from "./compare.ts";
import { compile, test } from "./compile.ts";
import { generate } from "./generate.ts";
import { land } from "./land.ts";
import { packageArtifact, publishArtifact } from "./package.ts";
import { patientStep } from "./patient-step.ts";
import { render } from "./render.ts";
import { resolve } from "./resolve.ts";
import type { PipelineResult } from "./result.ts";
import { resumeLanded } from "./resume.ts";
import { reuse } from "./reuse.ts";
import type { PipelineRun } from "./run.ts";

const rounds = 2;
const maxAttempts = 3;

/** From a change to an artifact and a landed commit. A branch that moves meanwhile costs one more round on top of it. */
export async function runPipeline(run: PipelineRun): Promise<PipelineResult> {
  const landed = await resumeLanded(run);
  if (landed !== undefined) return landed;
  assertWorthwhile(run.build);
  for (let round = 1; round <= rounds; round += 1) {
    const result = await runRound(run);
    if (result !== undefined) return result;
    run.log(`${run.build.manifestRef} moved during the build; building again on top of it`);
  }
  return fail("branch_moved", `${run.build.manifestRef} moved again while the build was redone`);
}

async function runRound(run: PipelineRun): Promise<PipelineResult | undefined> {
  const source = await run.step("checkout", () => checkOut(run));
  const rendered = await run.step("render", () => render(run, source));
  const same = await reuse(run, rendered.key);
  if (same !== undefined) return same;
  const tools = rendered.tools;
  const composition = await patientStep(run, "resolve", () => resolve(run, rendered));
  const commit = await run.step("generate", () => generate(run, rendered, composition));
  await patientStep(run, "compile", () => compile(tools, composition));
  // The artifact is what was compiled, whatever the tests write afterwards; and packing need not wait for them.
  const packing = packageArtifact(run, tools);
  await whileSettling(packing, () => patientStep(run, "test", () => test(tools, composition)));
  const { verifies } = run.build;
  if (verifies !== null) return run.step("package", async () => compare(run, verifies, { snapshot: rendered.snapshot, commit, composition, packed: await packing }));
  const packed = await run.step("package", () => packing);
  await run.step("publish", () => publishArtifact(run, packed));
  const landed = await run.step("land", () => land(run, rendered, composition, commit, packed));
  return landed === undefined ? undefined : { artifact: packed, composition, ...landed };
}

/** A build that takes its workers with it must end some time. */
function assertWorthwhile({ id, attempt }: Build): void {
  if (attempt > maxAttempts) fail("build_gave_up", `build ${toPublicId("bld", id)} lost its worker ${maxAttempts} times`);
}

/** Runs the action beside the promise; when the action fails, it waits for the promise first, so that nothing works on behind it. */
async function whileSettling(promise: Promise<unknown>, action: () => Promise<void>): Promise<void> {
  const settled = promise.then(
    () => undefined,
    () => undefined,
  );
  try {
    await action();
  } catch (error) {
    await settled;
    throw error;
  }
}
