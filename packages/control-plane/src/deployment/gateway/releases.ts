import { setTimeout as delay } from "node:timers/promises";
import { fail } from "../../errors/problem.ts";
import type { ObservedRelease } from "../targets/target.ts";
import { processIdentity } from "../../processes/identity.ts";
import { findMarkedProcesses, mayBeMarked } from "./marked-processes.ts";
import type { ProcessRecord } from "./application.ts";
import type { RunnableRelease } from "./protocol.ts";
import type { GatewayState, ReleaseRecord } from "./state-file.ts";
import { killStray, SupervisedRelease, type Surroundings } from "./supervised-release.ts";

/** Stopped releases that are still reported; older ones are forgotten (their logs stay). */
const STOPPED_KEPT = 20;
const DRAIN_LOOK_MS = 10;

/** All releases of one environment, and which of them has the traffic. */
export class Releases {
  readonly #byId = new Map<string, SupervisedRelease>();
  readonly #around: Surroundings;
  readonly #save: () => Promise<void>;
  #activeId: string | undefined;
  #restoring: Promise<void> | undefined;
  readonly #restored: () => void;

  /** `save` resolves when the present state is on the disk. */
  constructor(around: Omit<Surroundings, "portsInUse">, save: () => Promise<void>) {
    this.#around = { ...around, portsInUse: () => new Set([...this.#byId.values()].flatMap((each) => each.port ?? [])) };
    this.#save = save;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#restoring = promise;
    this.#restored = resolve;
  }

  /** There until `restore` is done: who asks for the active release earlier has to wait for it. */
  get restoring(): Promise<void> | undefined {
    return this.#restoring;
  }

  /** The release that gets new requests. */
  get active(): SupervisedRelease | undefined {
    return this.#activeId === undefined ? undefined : this.#byId.get(this.#activeId);
  }

  get records(): readonly ReleaseRecord[] {
    return [...this.#byId.values()].map((each) => each.record);
  }

  /** Comes back as an earlier gateway left it: takes over what still runs, starts what does not, ends what nobody wants. */
  async restore(state: GatewayState): Promise<void> {
    const found = findMarkedProcesses(this.#around.gatewayDirectory);
    const wanted = new Set(state.releases.filter((each) => each.wanted === "running").map((each) => each.releaseId));
    for (const stray of found) {
      if (!wanted.has(stray.releaseId)) killStray({ ...stray, startedAt: "" });
    }
    this.#activeId = state.activeReleaseId;
    for (const record of state.releases) this.#byId.set(record.releaseId, new SupervisedRelease(record, this.#around));
    await Promise.all(
      state.releases
        .filter((record) => record.wanted === "running")
        .map((record) => this.#byId.get(record.releaseId)?.resume(this.#leftProcess(record, found))),
    );
    this.#restoring = undefined;
    this.#restored();
  }

  /** Starts a release beside the others, or leaves it running. */
  async start(release: RunnableRelease): Promise<ObservedRelease> {
    const record: ReleaseRecord = { releaseId: release.releaseId, release, wanted: "running", everActive: false, failed: false };
    const supervised = this.#byId.get(release.releaseId) ?? new SupervisedRelease(record, this.#around);
    this.#byId.set(release.releaseId, supervised);
    await supervised.start(release);
    await this.#save();
    return supervised.observe();
  }

  /**
   * Routes new requests to the release from this moment, then waits until all others have none left or the time is over.
   * `assertAllowed` is asked at the last moment and may throw.
   */
  async switch(releaseId: string, drainTimeoutSeconds: number, assertAllowed: () => void): Promise<{ readonly drained: boolean }> {
    const next = this.#release(releaseId);
    await next.settle();
    assertAllowed();
    if (this.#activeId !== releaseId) {
      if (next.status !== "running") fail("release_not_running", `release ${releaseId} is ${next.status.replace("_", " ")}`);
      const before = { activeId: this.#activeId, everActive: next.everActive };
      this.#activeId = releaseId;
      next.everActive = true;
      try {
        await this.#save();
      } catch (error) {
        this.#activeId = before.activeId;
        next.everActive = before.everActive;
        throw error;
      }
    }
    return { drained: await this.#drainOthers(releaseId, Date.now() + drainTimeoutSeconds * 1000) };
  }

  /** Stops a release that is not active. One that was never here counts as stopped. */
  async stop(releaseId: string): Promise<void> {
    if (this.#activeId === releaseId) fail("release_is_active", `release ${releaseId} has the traffic of the environment`);
    await this.#byId.get(releaseId)?.stop();
    this.#forgetOldest();
    await this.#save();
  }

  /** Stops every process; what is wanted stays on the disk, for the next start. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#byId.values()].map((each) => each.stop()));
  }

  check(releaseId: string): Promise<ObservedRelease> {
    return this.#release(releaseId).observe();
  }

  observe(): Promise<readonly ObservedRelease[]> {
    return Promise.all([...this.#byId.values()].map((each) => each.observe()));
  }

  rotateLogs(): void {
    for (const each of this.#byId.values()) each.rotateLog();
  }

  #release(releaseId: string): SupervisedRelease {
    return this.#byId.get(releaseId) ?? fail("release_not_found", `release ${releaseId} was not started here`);
  }

  async #drainOthers(activeId: string, deadline: number): Promise<boolean> {
    const others = (): boolean => [...this.#byId.values()].some((each) => each.releaseId !== activeId && each.inFlight > 0);
    while (others() && Date.now() < deadline && this.#activeId === activeId) await delay(DRAIN_LOOK_MS);
    return !others();
  }

  /** The process that an earlier gateway started for this release, if it lives and is proved to be that one. */
  #leftProcess(record: ReleaseRecord, found: ReturnType<typeof findMarkedProcesses>): ProcessRecord | undefined {
    const recorded = record.process;
    if (recorded !== undefined && processIdentity(recorded.pid) === recorded.identity && mayBeMarked(recorded.pid, this.#around.gatewayDirectory)) {
      return recorded;
    }
    // Started, but the gateway died before it could write that down.
    const unrecorded = found.find((each) => each.releaseId === record.releaseId && each.port > 0);
    return unrecorded && { pid: unrecorded.pid, identity: unrecorded.identity, port: unrecorded.port, startedAt: new Date().toISOString() };
  }

  #forgetOldest(): void {
    const stopped = [...this.#byId.values()].filter((each) => each.status === "stopped");
    for (const each of stopped.slice(0, Math.max(0, stopped.length - STOPPED_KEPT))) this.#byId.delete(each.releaseId);
  }
}
