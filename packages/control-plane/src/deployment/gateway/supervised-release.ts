import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { ObservedRelease } from "../targets/target.ts";
import type { ApplicationLog } from "./application-log.ts";
import { adoptApplication, killGroup, spawnApplication, type Application, type Exit, type ProcessRecord } from "./application.ts";
import { RAN_WELL_MS, restartDelay } from "./backoff.ts";
import { freePort } from "./free-port.ts";
import { untilSilent, usualLiveness, type Silence } from "./liveness.ts";
import { processIdentity } from "../../processes/identity.ts";
import type { Restart, RunnableRelease } from "./protocol.ts";
import type { ApplicationStarter } from "./sandbox/starter.ts";
import { SignsOfLife } from "./signs-of-life.ts";
import type { ReleaseRecord } from "./state-file.ts";
import { acceptsConnections, openUpstream, type Upstream } from "./upstream.ts";

/** What a release needs of its gateway. */
export interface Surroundings {
  readonly gatewayDirectory: string;
  readonly starter: ApplicationStarter;
  readonly stopGraceMs: number;
  readonly logOf: (releaseId: string) => ApplicationLog;
  /** Ports of all releases here, so that two starts at once do not choose the same. */
  readonly portsInUse: () => ReadonlySet<number>;
  /** Called after every change that a restarted gateway has to know. */
  readonly changed: () => void;
}

const PROBE_MS = 20;
const CRASH_LOOP = 3;

/** One release and, while it is wanted, its process: started, watched, started again after a crash, stopped. */
export class SupervisedRelease {
  readonly releaseId: string;
  /** Requests being answered now. */
  inFlight = 0;
  /** What it sends to its users, over all its processes. */
  readonly signs = new SignsOfLife();
  everActive: boolean;

  readonly #around: Surroundings;
  readonly #log: ApplicationLog;
  #release: RunnableRelease | undefined;
  #status: ObservedRelease["status"];
  #application: Application | undefined;
  #upstream: Upstream | undefined;
  #exit: Exit | undefined;
  /** A restarted release keeps its address where it can. */
  #lastPort: number | undefined;
  #restarts: number;
  #lastRestart: Restart | undefined;
  /** Why its process is being ended: it stopped answering. */
  #silence: Silence | undefined;
  #crashesInARow = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  #launching: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(record: ReleaseRecord, around: Surroundings) {
    this.releaseId = record.releaseId;
    this.everActive = record.everActive;
    this.#release = record.release;
    this.#restarts = record.restarts ?? 0;
    this.#lastRestart = record.lastRestart;
    this.#status = record.failed ? "failed" : "stopped";
    this.#around = around;
    this.#log = around.logOf(record.releaseId);
  }

  get status(): ObservedRelease["status"] {
    return this.#status;
  }

  /** Whether waiting for it is in vain: it ended again and again, soon after each start. */
  get keepsCrashing(): boolean {
    return this.#crashesInARow >= CRASH_LOOP;
  }

  get port(): number | undefined {
    return this.#application?.port;
  }

  /** Where its requests go; undefined while no process of it lives. */
  get upstream(): Upstream | undefined {
    return this.#upstream;
  }

  /** What a restarted gateway has to know of it. */
  get record(): ReleaseRecord {
    const { pid, identity, port, startedAt } = this.#application ?? {};
    const wanted = this.#status !== "stopped" && this.#status !== "failed" && this.#stopping === undefined;
    return {
      releaseId: this.releaseId,
      wanted: wanted ? "running" : "stopped",
      everActive: this.everActive,
      failed: this.#status === "failed",
      restarts: this.#restarts,
      ...(this.#lastRestart === undefined ? {} : { lastRestart: this.#lastRestart }),
      ...(wanted && this.#release !== undefined ? { release: this.#release } : {}),
      ...(pid !== undefined && identity !== undefined && port !== undefined && startedAt !== undefined
        ? { process: { pid, identity, port, startedAt } }
        : {}),
    };
  }

  /** Starts it, or leaves it as it is when it runs already. Resolves when its process is there or could not be made. */
  async start(release: RunnableRelease): Promise<void> {
    await this.#stopping;
    if (this.#status === "stopped" || this.#status === "failed") {
      this.#release = release;
      this.#exit = undefined;
      this.#restarts = 0;
      this.#lastRestart = undefined;
      this.#crashesInARow = 0;
      this.#launching = this.#launch(release);
    }
    await this.#launching;
  }

  /** Looks at its port now, for a caller who cannot wait for the next look. */
  async settle(): Promise<void> {
    const application = this.#application;
    if (this.#status !== "starting" || application === undefined) return;
    const accepts = await acceptsConnections(application.port);
    if (accepts && this.#application === application && this.#status === "starting") this.#status = "running";
  }

  /** Takes over the process that an earlier gateway left, or starts the release again. */
  async resume(left: ProcessRecord | undefined): Promise<void> {
    const release = this.#release;
    if (release === undefined) return;
    if (left === undefined) return this.start(release);
    this.#log.note(`adopted process ${left.pid} on port ${left.port}`);
    this.#watch(adoptApplication(left));
  }

  /** Ends the process and its group: SIGTERM, and SIGKILL after the grace. Resolves when all of it is gone. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopNow().finally(() => {
      this.#stopping = undefined;
      this.#around.changed();
    });
    return this.#stopping;
  }

  async observe(): Promise<ObservedRelease> {
    const application = this.#application;
    return {
      releaseId: this.releaseId,
      status: this.#status,
      ...(application === undefined
        ? {}
        : { pid: application.pid, address: `http://127.0.0.1:${application.port}`, startedAt: application.startedAt }),
      restarts: this.#restarts,
      ...(this.#lastRestart === undefined ? {} : { lastRestart: this.#lastRestart }),
      ...(this.#exit === undefined ? {} : { exit: this.#exit }),
      inFlight: this.inFlight,
      lastLines: await this.#log.lastLines(),
    };
  }

  rotateLog(): void {
    this.#log.rotateIfLarge();
  }

  /** Never rejects: what goes wrong is an end like any other, and told in the log. */
  async #launch(release: RunnableRelease): Promise<void> {
    this.#status = "starting";
    await this.#tryLaunch(release).catch((error: unknown) => this.#spawnFailed(String(error), release));
  }

  async #tryLaunch(release: RunnableRelease): Promise<void> {
    const port = await freePort(this.#around.portsInUse(), this.#lastPort);
    if (this.#status !== "starting") return; // Stopped while the port was looked for.
    this.#log.rotateIfLarge();
    this.#log.note(`starting on port ${port}`);
    const { gatewayDirectory, starter } = this.#around;
    const application = await spawnApplication(release, { gatewayDirectory, port, starter, log: this.#log });
    if ("pid" in application) this.#watch(application);
    else this.#spawnFailed(application.message, release);
  }

  #spawnFailed(message: string, release: RunnableRelease): void {
    const reason = existsSync(release.directory) ? message : `the directory ${release.directory} is not there`;
    this.#log.note(`could not start ${release.command[0]}: ${reason}`);
    this.#ended({ code: 127, signal: null }, 0);
  }

  #watch(application: Application): void {
    this.#application = application;
    this.#silence = undefined;
    this.#lastPort = application.port;
    this.#upstream = openUpstream(application.port);
    this.#status = "starting";
    this.#around.changed();
    const since = Date.now();
    void application.exited.then((exit) => {
      this.#upstream?.close();
      this.#upstream = undefined;
      this.#application = undefined;
      this.#log.note(`process ${application.pid} ended ${describeExit(exit)}`);
      return this.#ended(exit, this.#silence?.wellForMs ?? Date.now() - since);
    });
    void this.#probe(application);
    void this.#watchLiveness(application);
  }

  /** Ends a process that answers nobody any more; its end leads to a restart like any other. */
  async #watchLiveness(application: Application): Promise<void> {
    const isOver = (): boolean => this.#application !== application || this.#stopping !== undefined;
    const { healthPath = "/health", liveness = usualLiveness } = this.#release ?? {};
    const silence = await untilSilent({ port: application.port, healthPath, liveness, signs: this.signs, matters: () => this.everActive, isOver });
    if (silence === undefined || isOver()) return;
    this.#log.note(`process ${application.pid} stopped answering: ${silence.reason}; it is ended and started again`);
    this.#silence = silence;
    this.#status = "backing_off";
    // Who comes now waits for the next process, and not for this one.
    this.#upstream?.close();
    this.#upstream = undefined;
    this.#around.changed();
    await this.#end(application);
  }

  /** Turns `starting` into `running` once the port accepts connections. */
  async #probe(application: Application): Promise<void> {
    while (this.#application === application && this.#status === "starting") {
      await this.settle();
      await delay(PROBE_MS);
    }
  }

  #ended(exit: Exit, ranForMs: number): void {
    this.#exit = exit;
    if (this.#stopping !== undefined || this.#status === "stopped") return;
    this.#crashesInARow = ranForMs >= RAN_WELL_MS ? 1 : this.#crashesInARow + 1;
    const silence = this.#silence;
    this.#silence = undefined;
    if (this.everActive) this.#scheduleRestart(silence === undefined ? { kind: "ended", reason: `it ended ${describeExit(exit)}` } : { kind: "silent", reason: silence.reason });
    else this.#status = "failed";
    this.#around.changed();
  }

  #scheduleRestart(why: Omit<Restart, "at">): void {
    const release = this.#release;
    if (release === undefined) return;
    this.#status = "backing_off";
    this.#restartTimer = setTimeout(() => {
      this.#restarts += 1;
      this.#lastRestart = { ...why, at: new Date().toISOString() };
      this.#launching = this.#launch(release);
    }, restartDelay(this.#crashesInARow));
  }

  async #stopNow(): Promise<void> {
    clearTimeout(this.#restartTimer);
    if (this.#status !== "failed") this.#status = "stopped";
    this.#around.changed();
    await this.#launching;
    this.#status = this.#status === "failed" ? "failed" : "stopped";
    await this.#endProcess();
    this.#release = undefined;
  }

  async #endProcess(): Promise<void> {
    if (this.#application !== undefined) await this.#end(this.#application);
  }

  async #end(application: Application): Promise<void> {
    application.signal("SIGTERM");
    const killer = setTimeout(() => application.signal("SIGKILL"), this.#around.stopGraceMs);
    await application.exited;
    clearTimeout(killer);
  }
}

/** Ends processes that an earlier gateway left and that nobody wants. */
export function killStray(left: ProcessRecord): void {
  if (processIdentity(left.pid) === left.identity) killGroup(left.pid, "SIGKILL");
}

function describeExit({ code, signal }: Exit): string {
  if (signal !== null) return `by ${signal}`;
  return code === null ? "(how is not known: it was adopted)" : `with code ${code}`;
}
