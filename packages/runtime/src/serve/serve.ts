import { oneLine } from "../errors.ts";
import { startModules, stopModules } from "../lifecycle.ts";
import type { Application } from "./application.ts";
import { Drain } from "./drain.ts";
import { listen } from "./listen.ts";
import { readSettings, type ServeOptions, type ServeSettings, writeLine } from "./options.ts";

/** An application that takes requests. */
export interface Serving {
  readonly url: string;
  readonly port: number;
  /** Drains and stops, as SIGTERM does, without ending the process. True when every module stopped well. */
  stop(): Promise<boolean>;
}

/** How long a new connection without a request is waited for once the drain has begun. */
const quietMs = 500;

/**
 * Runs a host's whole life: starts the modules, listens, and on SIGTERM or SIGINT stops accepting connections,
 * finishes the requests under way, stops the modules in reverse order and exits 0 (1 when a module failed to stop).
 * A second signal exits at once. Whatever fails before the server listens is one line on standard error and exit code 1;
 * give a function to have the making of the application reported so too.
 */
export async function serve(application: Application | (() => Application | Promise<Application>), options: ServeOptions = {}): Promise<Serving> {
  const signals = interceptSignals();
  return orExit(options, async () => {
    const settings = readSettings(options);
    const serving = await start(typeof application === "function" ? await application() : application, settings);
    signals.handleWith(() => orExit(options, async () => process.exit((await serving.stop()) ? 0 : 1)));
    return serving;
  });
}

async function orExit<T>(options: ServeOptions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    (options.report ?? writeLine)(oneLine(error));
    return process.exit(1);
  }
}

/** As `serve`, but leaves signals and the process alone: for tests and for hosts inside other programs. */
export async function start(application: Application, settings: ServeSettings): Promise<Serving> {
  const modules = application.registry.ordered();
  const drain = new Drain(application.server);
  await startModules(modules, { env: process.env }, settings);
  try {
    await application.ready?.();
    const bound = await listen(application.server, settings.host, settings.port);
    let stopping: Promise<boolean> | undefined;
    return { ...bound, stop: () => (stopping ??= stop(application, drain, settings)) };
  } catch (error) {
    await stopModules(modules, settings);
    throw error;
  }
}

async function stop(application: Application, drain: Drain, settings: ServeSettings): Promise<boolean> {
  const { cut } = await drain.drain({ timeoutMs: settings.drainTimeoutMs, quietMs });
  if (cut > 0) settings.report(`${String(cut)} request(s) did not finish within ${String(settings.drainTimeoutMs)} ms and were cut`);
  await application.close?.();
  const failed = await stopModules(application.registry.ordered(), settings);
  return failed.length === 0;
}

/**
 * Until a handler is given, a signal ends the process at once, as it would without us: nothing is served yet.
 * With a handler, the first signal runs it and the second ends the process at once.
 */
function interceptSignals(): { handleWith(handler: () => Promise<never>): void } {
  let handler: (() => Promise<never>) | undefined;
  const codes = { SIGTERM: 143, SIGINT: 130 } as const;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      const first = handler;
      handler = undefined;
      if (first === undefined) process.exit(codes[signal]);
      void first();
    });
  }
  return { handleWith: (given) => void (handler = given) };
}
