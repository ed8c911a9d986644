import type { GetBuildResponse } from "@modyard/client";
import { Check, Circle, LoaderCircle, X } from "lucide-react";
import { clsx } from "clsx";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { durationText } from "../../components/time.tsx";

/** The steps of the pipeline, as people think of it. */
const stages = [
  { name: "queue", steps: [] },
  { name: "checkout", steps: ["checkout", "render"] },
  { name: "build", steps: ["resolve", "generate", "compile"] },
  { name: "test", steps: ["test"] },
  { name: "publish", steps: ["package", "publish", "land"] },
] as const;

type State = "done" | "now" | "failed" | "ahead";

interface Stage {
  readonly name: string;
  readonly state: State;
  /** Milliseconds so far. */
  readonly took: number | undefined;
  /** The step that runs now, or the one that failed. */
  readonly step: string | undefined;
}

/** What became of each stage, with the time that it took. */
export function stagesOf(build: GetBuildResponse, now: number): readonly Stage[] {
  const queued: Stage = { name: "queue", state: build.started_at === null ? "now" : "done", took: (build.started_at === null ? now : Date.parse(build.started_at)) - Date.parse(build.created_at), step: undefined };
  return stages.map((stage) => (stage.name === "queue" ? queued : stageOf(stage, build, now)));
}

function stageOf({ name, steps }: { readonly name: string; readonly steps: readonly string[] }, build: GetBuildResponse, now: number): Stage {
  const ours = (build.steps ?? []).filter((step) => steps.includes(step.name));
  const begun = ours.filter((step) => step.started_at !== null);
  const took = begun.length === 0 ? undefined : begun.reduce((sum, step) => sum + ((step.finished_at === null ? now : Date.parse(step.finished_at)) - Date.parse(step.started_at ?? "")), 0);
  const failed = ours.find(({ status }) => status === "failed");
  if (failed !== undefined) return { name, state: "failed", took, step: failed.name };
  const running = ours.find(({ status }) => status === "running");
  if (running !== undefined && build.status === "running") return { name, state: "now", took, step: running.name };
  return { name, state: begun.length > 0 && ours.length === steps.length && ours.every(({ finished_at: finished }) => finished !== null) ? "done" : "ahead", took, step: undefined };
}

const looks: Readonly<Record<State, string>> = { done: "border-good bg-good-soft text-good", now: "border-busy bg-busy-soft text-busy", failed: "border-bad bg-bad-soft text-bad", ahead: "border-line-strong bg-surface text-ink-faint" };

function StateIcon({ state }: { readonly state: State }) {
  if (state === "done") return <Check aria-hidden className="size-4" />;
  if (state === "failed") return <X aria-hidden className="size-4" />;
  if (state === "now") return <LoaderCircle aria-hidden className="size-4 animate-spin" />;
  return <Circle aria-hidden className="size-2.5 fill-current" />;
}

/** The build's way from the queue to the branch: what is done, what runs, what it took. */
export function StepLine({ build }: { readonly build: GetBuildResponse }) {
  const { t } = useTranslation();
  const now = useNow(build.status === "queued" || build.status === "running");
  return (
    <ol className="flex flex-col gap-4 sm:flex-row sm:gap-0">
      {stagesOf(build, now).map(({ name, state, took, step }, index) => (
        <li key={name} aria-current={state === "now" ? "step" : undefined} className="relative flex flex-1 items-center gap-3 sm:flex-col sm:gap-2 sm:text-center">
          {index > 0 && <span aria-hidden className={clsx("absolute top-4 right-1/2 hidden h-0.5 w-full sm:block", state === "ahead" ? "bg-line-strong" : "bg-good")} />}
          <span className={clsx("relative z-1 grid size-8 place-items-center rounded-full border-2", looks[state])}><StateIcon state={state} /></span>
          <span>
            <span className={clsx("block font-medium", state === "ahead" && "text-ink-faint")}>{t(`builds.stage.${name}`)}<span className="sr-only">, {t(`builds.state.${state}`)}</span></span>
            <span className="block text-sm text-ink-soft tabular-nums">{[step === undefined ? "" : t(`builds.step.${step}`, { defaultValue: step }), took === undefined ? "" : durationText(took)].filter(Boolean).join(" · ")}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The time, once a second while something runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
