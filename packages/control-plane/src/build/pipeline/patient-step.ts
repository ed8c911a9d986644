import { toPublicId } from "../../database/identifiers.ts";
import { problem, type Problem } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import type { StepName } from "../steps.ts";
import { lockBuild } from "../store.ts";
import { StepError } from "./outcome.ts";
import type { PipelineRun } from "./run.ts";

/**
 * Runs a step; for want of memory once more, on one processor, where compilers and tests that go side by side take turns. The rest
 * of the build stays so: what was too much once would be again. A step that fails even so says what was tried.
 */
export async function patientStep<T>(run: PipelineRun, name: StepName, action: () => Promise<T>): Promise<T> {
  try {
    return await run.step(name, action);
  } catch (error) {
    const why = outOfMemory(error);
    if (why === undefined) throw error;
    if (run.sparing) throw told(error, why, run);
    run.signal.throwIfAborted();
    await noteRetry(run, name, why);
    run.log(`${why.message}. The step runs once more, on one processor, one thing at a time.`);
    run.spare();
  }
  try {
    return await run.step(name, action);
  } catch (error) {
    throw told(error, outOfMemory(error), run);
  }
}

function outOfMemory(error: unknown): Problem | undefined {
  return error instanceof StepError ? error.problems.find(({ code }) => code === "step_out_of_memory") : undefined;
}

/** The problem in plain words, leading: it says that less at a time was tried, and what is left to do. */
function told(error: unknown, why: Problem | undefined, { context: { limits } }: PipelineRun): unknown {
  if (!(error instanceof StepError) || why === undefined) return error;
  const { memoryBytes = 0 } = limits;
  const setting = memoryBytes > 0 ? `Give builds more memory: MODYARD_BUILD_MEMORY_MEGABYTES, now ${Math.floor(memoryBytes / 2 ** 20)}.` : "Give the machine more memory: builds have no limit of their own.";
  const { code, message, hint: _general, details, ...facts } = why;
  const whole = problem(code, `${message}; it also failed on one processor, one thing at a time`, { ...facts, hint: `${setting} Or leave out the module that needs so much.`, details: { ...details, triedOneProcessor: true } });
  return new StepError([whole, ...error.problems.filter((each) => each !== why)], error.excerpt);
}

async function noteRetry({ context, build }: PipelineRun, step: StepName, { code, message, details }: Problem): Promise<void> {
  await context.handle.db.transaction().execute(async (trx) => {
    await lockBuild(trx, build.id, build);
    const subject = { subjectType: "build", subjectId: toPublicId("bld", build.id) } as const;
    await appendJournal(trx, { actor: "modyard", action: "build.step_retried", ...subject, reason: message, details: { ...details, step, code, processors: 1 } });
  });
}
