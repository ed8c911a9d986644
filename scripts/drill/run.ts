import { lookOnceMore } from "./last-look.ts";
import type { DrillOptions } from "./options.ts";
import { phases } from "./phases.ts";
import { planKills, type Kill } from "./plan.ts";
import { playRound, type RoundResult, type Stage } from "./round.ts";
import { openScreen } from "./screen.ts";
import { closeStage, openStage } from "./stage.ts";
import { isClean, tally, type DrillReport } from "./tally.ts";

/** Exit codes: 0 nothing lost or stuck, 1 something was, 130 interrupted. */
export async function runDrill(options: DrillOptions): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort(new Error("interrupted")));
  const drill = new Drill(options, interrupted.signal);
  try {
    const report = await drill.run();
    return isClean(report) ? 0 : 1;
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    return 130;
  }
}

/** Plays the rounds one after the other, on one site as long as that recovers. */
class Drill {
  readonly #options: DrillOptions;
  readonly #signal: AbortSignal;
  readonly #kills: readonly Kill[];
  readonly #screen;
  readonly #rounds: RoundResult[] = [];
  #stage: Stage | undefined;
  /** Requests of visitors of the sites that are closed. */
  #askedBefore = 0;

  constructor(options: DrillOptions, signal: AbortSignal) {
    const some = phases.filter(({ name }) => options.only === undefined || options.only === name);
    this.#options = options;
    this.#signal = signal;
    this.#kills = planKills(options.kills, some, options.seed);
    this.#screen = openScreen({ json: options.json, planned: options.kills, phases: some });
  }

  async run(): Promise<DrillReport> {
    try {
      for (const kill of this.#kills) await this.#play(kill);
      await this.#lookOnceMore();
    } finally {
      await this.#closeStage();
    }
    const report = this.#report();
    this.#screen.end(report);
    return report;
  }

  async #play(kill: Kill): Promise<void> {
    if (this.#stage === undefined) {
      this.#screen.doing("starting a site: control plane, worker, database, first release", this.#report());
      this.#stage = await openStage(this.#signal);
    }
    const { phase, victim } = kill;
    this.#screen.doing(`killing the ${victim} in ${phase.work} ${phase.step}`, this.#report());
    const result = await playRound(this.#stage, kill);
    this.#rounds.push(result);
    this.#screen.round(result, this.#report());
    // The next kill begins on a site that is well: what one left must not count again for another.
    if (!isClean(tally([result], 0, 0))) await this.#closeStage();
  }

  /** Where the last kill left a site that is well. */
  async #lookOnceMore(): Promise<void> {
    const last = this.#rounds.pop();
    if (last === undefined) return;
    this.#rounds.push(this.#stage === undefined ? last : await lookOnceMore(this.#stage, last));
  }

  #report(): DrillReport {
    return tally(this.#rounds, this.#options.seed, this.#askedBefore + (this.#stage?.visitors.visits.asked ?? 0));
  }

  async #closeStage(): Promise<void> {
    const stage = this.#stage;
    if (stage === undefined) return;
    this.#stage = undefined;
    if (this.#options.keep) console.error(`kept: ${stage.site.places.root}`);
    await closeStage(stage, this.#options.keep);
    this.#askedBefore += stage.visitors.visits.asked;
  }
}
