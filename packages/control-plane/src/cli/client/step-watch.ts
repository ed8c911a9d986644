import type { Progress } from "./progress.ts";

interface Step {
  readonly name: string;
  readonly status: string;
  readonly started_at: string | null;
  readonly finished_at?: string | null | undefined;
}

/** Tells a progress what is new in a list of steps that grows: each step's end once, and the one that runs. */
export class StepWatch {
  readonly #progress: Progress;
  readonly #told = new Set<string>();

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** `round` tells repeated runs of the same steps apart. */
  show(steps: readonly Step[], whole: { readonly status: string; readonly progress?: number }, round = ""): void {
    for (const step of steps) this.#end(step, `${round} ${step.name}`);
    const percent = whole.progress === undefined ? {} : { percent: whole.progress };
    const running = steps.find(({ status }) => status === "running");
    if (running !== undefined) this.#progress.current({ name: running.name, ...percent });
    else if (whole.status === "queued") this.#progress.current({ name: "waiting" });
  }

  #end({ name, status, started_at: started, finished_at: finished }: Step, key: string): void {
    if (status === "running" || finished === null || finished === undefined || started === null || this.#told.has(key)) return;
    this.#told.add(key);
    this.#progress.finished({ name, ok: status === "success", milliseconds: Date.parse(finished) - Date.parse(started) });
  }
}
