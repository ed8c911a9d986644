import type { ModuleDefinition, StartContext } from "./definition.ts";
import { oneLine, RuntimeError } from "./errors.ts";
import { withTimeLimit } from "./time-limit.ts";

export interface LifecycleOptions {
  /** How long one module may take to start, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long one module may take to stop, in milliseconds. */
  readonly stopTimeoutMs: number;
  /** After how many milliseconds, and then again and again, a module that still starts is reported. */
  readonly slowStartMs: number;
  /** Takes one line for the operator. */
  readonly report: (line: string) => void;
}

/**
 * Runs `onStart` one module after the other, dependencies first.
 * When one fails, those already started are stopped again, last first.
 * @throws {RuntimeError} `MODULE_START_FAILED`
 */
export async function startModules(modules: readonly ModuleDefinition[], context: StartContext, options: LifecycleOptions): Promise<void> {
  const started: ModuleDefinition[] = [];
  for (const module of modules) {
    try {
      await startModule(module, context, options);
    } catch (error) {
      await stopModules(started, options);
      throw startFailed(module, error);
    }
    started.push(module);
  }
}

/** The error of a module that did not come up, for whatever reason. */
export function startFailed(module: ModuleDefinition, cause: unknown): RuntimeError {
  return new RuntimeError("MODULE_START_FAILED", `module "${module.slug}" failed to start: ${oneLine(cause)}`, [module.slug], { cause });
}

async function startModule(module: ModuleDefinition, context: StartContext, options: LifecycleOptions): Promise<void> {
  if (module.onStart === undefined) return;
  const since = Date.now();
  const slow = setInterval(() => {
    options.report(`module "${module.slug}" is still starting after ${String(Math.round((Date.now() - since) / 1000))} s`);
  }, options.slowStartMs);
  try {
    await withTimeLimit(Promise.resolve(module.onStart(context)), options.startTimeoutMs);
  } finally {
    clearInterval(slow);
  }
}

/**
 * Runs `onStop` one module after the other, last started first. A module that fails or hangs does not keep the
 * others from stopping. Returns the slugs of those that failed.
 */
export async function stopModules(started: readonly ModuleDefinition[], options: LifecycleOptions): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const module of started.toReversed()) {
    try {
      if (module.onStop !== undefined) await withTimeLimit(Promise.resolve(module.onStop()), options.stopTimeoutMs);
    } catch (error) {
      failed.push(module.slug);
      options.report(`module "${module.slug}" failed to stop: ${oneLine(error)}`);
    }
  }
  return failed;
}
