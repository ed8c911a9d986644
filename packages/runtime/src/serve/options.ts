import { RuntimeError } from "../errors.ts";

/** How an application is served. Times are in milliseconds. */
export interface ServeOptions {
  /** Address to listen on. Default: `HOST`, else 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on; 0 takes a free one. Default: `PORT`, else 3000. */
  readonly port?: number;
  /** How long requests under way may take after SIGTERM. Default: 10,000. */
  readonly drainTimeoutMs?: number;
  /** How long one module may take to start. Default: 60,000. */
  readonly startTimeoutMs?: number;
  /** How long one module may take to stop. Default: 5,000. */
  readonly stopTimeoutMs?: number;
  /** After how long a module that still starts is reported, again and again. Default: 5,000. */
  readonly slowStartMs?: number;
  /** Takes one line for the operator. Default: standard error. */
  readonly report?: (line: string) => void;
}

/** Options, complete. */
export type ServeSettings = Required<ServeOptions>;

/**
 * Completes the options from the environment.
 * @throws {RuntimeError} `SERVE_SETTING_INVALID` when PORT is not a port.
 */
export function readSettings(options: ServeOptions, env: Readonly<Record<string, string | undefined>> = process.env): ServeSettings {
  return {
    host: options.host ?? (env["HOST"] || "127.0.0.1"),
    port: options.port ?? parsePort(env["PORT"] || "3000"),
    drainTimeoutMs: options.drainTimeoutMs ?? 10_000,
    startTimeoutMs: options.startTimeoutMs ?? 60_000,
    stopTimeoutMs: options.stopTimeoutMs ?? 5000,
    slowStartMs: options.slowStartMs ?? 5000,
    report: options.report ?? writeLine,
  };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new RuntimeError("SERVE_SETTING_INVALID", `PORT is "${text}", which is not a number from 0 to 65535`);
}

/** Writes one line to standard error. */
export function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}
