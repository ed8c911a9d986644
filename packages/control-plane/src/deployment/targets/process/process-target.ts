import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { fail } from "../../../errors/problem.ts";
import { controlSocketPath } from "../../gateway/control-socket.ts";
import { observationSchema, observedReleaseSchema, switchResponseSchema } from "../../gateway/protocol.ts";
import type { SandboxWish } from "../../gateway/sandbox/rules.ts";
import type { GatewaySettings } from "../../gateway/settings.ts";
import { processIdentity } from "../../../processes/identity.ts";
import type { Observation, ReleaseToRun, Target } from "../target.ts";
import { askGateway, NoGateway } from "./gateway-client.ts";
import { prepareArtifact, preparedDirectory, workingDirectory, type Unpack } from "./prepare.ts";
import { startGateway } from "./start-gateway.ts";

export interface ProcessTargetOptions {
  readonly environment: string;
  /** The environment's own directory: gateway state, logs, unpacked artifacts. Made when it is not there. */
  readonly directory: string;
  /** `HOST:PORT` for users; port 0 lets the system choose once and keeps the choice. */
  readonly listen: string;
  readonly unpack: Unpack;
  /** How long an application has between SIGTERM and SIGKILL, in seconds; 10 where absent. */
  readonly stopGraceSeconds?: number;
  /** How long a request waits for a crashed application to come back before it is answered with 503; 2 where absent. */
  readonly restartPatienceSeconds?: number;
  /** What applications may see of the machine; everything that this user sees where absent. */
  readonly sandbox?: SandboxWish;
}

/** The `process` driver: releases run as child processes of the environment's gateway, which outlives the control plane. */
export interface ProcessTarget extends Target {
  readonly kind: "process";
  /** Starts the gateway, with the applications that it had, unless it runs. Every other method does this by itself. */
  startGateway(): Promise<Observation>;
  /** Ends the gateway and its applications; resolves when it is gone. The next call of any method brings all of it back. */
  stopGateway(): Promise<void>;
}

const nothing = z.object({});

/** Throws listen_invalid, port_in_use, gateway_unreachable from every method that needs the gateway. */
export function processTarget(options: ProcessTargetOptions): ProcessTarget {
  const directory = resolve(options.directory);
  const settings: GatewaySettings = {
    environment: options.environment,
    directory,
    listen: options.listen,
    controlSocket: controlSocketPath(directory),
    stopGraceSeconds: options.stopGraceSeconds ?? 10,
    restartPatienceSeconds: options.restartPatienceSeconds ?? 2,
    sandbox: options.sandbox ?? "off",
  };
  const socket = settings.controlSocket;
  let starting: Promise<void> | undefined;
  const ensureGateway = (): Promise<void> => (starting ??= startGateway(settings).finally(() => (starting = undefined)));

  async function withGateway<T>(action: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await action();
      } catch (error) {
        if (!(error instanceof NoGateway)) throw error;
        if (attempt === 3) fail("gateway_unreachable", `the gateway of ${options.environment} ended while it was asked: ${error.message}`, {}, error);
        await ensureGateway();
      }
    }
  }

  const ask = <T>(name: string, body: unknown, schema: z.ZodType<T>): Promise<T> => withGateway(() => askGateway(socket, name, body, schema));
  const observe = (): Promise<Observation> => ask("observe", {}, observationSchema);
  /** Changes something. */
  const drive = <T>(name: string, command: Command, schema: z.ZodType<T>, timeoutMs?: number): Promise<T> =>
    withGateway(async () => {
      const known = await askGateway(socket, "observe", {}, observationSchema);
      return askGateway(socket, name, inWordsOf(known, command), schema, timeoutMs);
    });
  return {
    kind: "process",
    async prepare(release, fence) {
      await withGateway(() => claim(socket, fence));
      await prepareArtifact(directory, release.artifactDigest, options.unpack);
    },
    start: (release, fence) => drive("start", { release: runnable(directory, release), listen: settings.listen, sandbox: settings.sandbox, fence }, observedReleaseSchema),
    check: (releaseId) => ask("check", { releaseId }, observedReleaseSchema),
    switch: (releaseId, drainTimeoutSeconds, fence) =>
      drive("switch", { releaseId, drainTimeoutSeconds, fence }, switchResponseSchema, (drainTimeoutSeconds + 60) * 1000),
    async stop(releaseId, fence) {
      await drive("stop", { releaseId, fence }, nothing, (settings.stopGraceSeconds + 60) * 1000);
    },
    observe,
    startGateway: observe,
    stopGateway: () => stopGateway(settings),
  };
}

/** A request that changes something. */
interface Command {
  readonly fence: number;
  readonly release?: ReleaseToRun;
  readonly sandbox?: SandboxWish | undefined;
  readonly [field: string]: unknown;
}

/** Artifacts lie beside the gateway, not in it: only its word says whether this driver may still put one there. */
async function claim(socket: string, fence: number): Promise<void> {
  const known = await askGateway(socket, "observe", {}, observationSchema);
  if (known.fence !== undefined) await askGateway(socket, "claim", { fence }, nothing);
}

/** A gateway that was started by an earlier version refuses words that it does not know. */
function inWordsOf(gateway: Observation, command: Command): unknown {
  const { sandbox: _sandbox, ...former } = command;
  const known = gateway.sandbox === undefined ? former : command;
  return gateway.fence === undefined ? withoutFence(known) : known;
}

function withoutFence({ fence: _fence, release, ...command }: Command): unknown {
  if (release === undefined) return command;
  const { liveness: _liveness, ...former } = release;
  return { ...command, release: former };
}

function runnable(directory: string, release: ReleaseToRun): ReleaseToRun {
  return { ...release, directory: workingDirectory(preparedDirectory(directory, release.artifactDigest), release.directory) };
}

async function stopGateway({ controlSocket, stopGraceSeconds }: GatewaySettings): Promise<void> {
  try {
    const { gatewayPid } = await askGateway(controlSocket, "observe", {}, observationSchema);
    const identity = processIdentity(gatewayPid ?? 0);
    await askGateway(controlSocket, "shutdown", {}, nothing, (stopGraceSeconds + 60) * 1000);
    if (gatewayPid !== undefined && identity !== undefined) await untilGone(gatewayPid, identity);
  } catch (error) {
    if (!(error instanceof NoGateway)) throw error; // Not running: that is what was asked for.
  }
}

async function untilGone(pid: number, identity: string): Promise<void> {
  while (processIdentity(pid) === identity) await delay(20);
}
