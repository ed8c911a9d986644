import type { GetBuildResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { Check, Circle, Hourglass, LoaderCircle, X } from "lucide-react";
import { clsx } from "clsx";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { durationText } from "../../components/time.tsx";
import { stagesOf, type Stage, type StageState } from "./stages.ts";

const looks: Readonly<Record<StageState, string>> = {
  done: "border-good bg-good-soft text-good",
  now: "border-busy bg-busy-soft text-busy",
  waits: "border-warn bg-warn-soft text-warn",
  failed: "border-bad bg-bad-soft text-bad",
  ahead: "border-line-strong bg-surface text-ink-faint",
};

const icons: Readonly<Record<StageState, typeof Check>> = { done: Check, failed: X, now: LoaderCircle, waits: Hourglass, ahead: Circle };

/** The build's way from the queue to where it goes live: what is done, what runs, what it took. The line fills as steps pass. */
export function StepLine({ build }: { readonly build: GetBuildResponse }) {
  const { data } = useQuery({ ...queries.deployments({ build_id: build.id, limit: 10 }), enabled: build.status === "success" });
  const deployments = data?.deployments ?? [];
  const goesOn = build.status === "queued" || build.status === "running" || deployments.some(({ status }) => status === "queued" || status === "running");
  const stages = stagesOf(build, useNow(goesOn), deployments);
  return (
    <ol className="flex flex-col gap-4 sm:flex-row sm:gap-0">
      {stages.map((stage, index) => <StageItem key={stage.name} stage={stage} last={index === stages.length - 1} place={stage.name === "deploy" ? (build.deploy_to ?? "") : ""} />)}
    </ol>
  );
}

function StageItem({ stage: { name, state, took, step }, last, place }: { readonly stage: Stage; readonly last: boolean; readonly place: string }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  const what = step === undefined ? place : t(`builds.step.${step}`, { defaultValue: step });
  return (
    <li aria-current={state === "now" ? "step" : undefined} className="relative flex flex-1 gap-3 sm:flex-col sm:items-center sm:gap-2 sm:text-center">
      {!last && (
        <span aria-hidden className="absolute top-8 -bottom-4 left-4 w-0.5 -translate-x-1/2 bg-line-strong sm:top-4 sm:bottom-auto sm:left-1/2 sm:h-0.5 sm:w-full sm:translate-x-0 sm:-translate-y-1/2">
          <span className={clsx("block size-full origin-top bg-good transition-transform duration-500 ease-out sm:origin-left", state !== "done" && "scale-y-0 sm:scale-x-0 sm:scale-y-100")} />
        </span>
      )}
      <span key={state} className={clsx("relative z-1 grid size-8 shrink-0 place-items-center rounded-full border-2", state !== "ahead" && "animate-pop", looks[state])}>
        <Icon aria-hidden className={clsx(state === "ahead" ? "size-2 fill-current" : "size-4", state === "now" && "animate-spin")} />
      </span>
      <span className="min-w-0 max-sm:flex max-sm:flex-1 max-sm:items-baseline max-sm:justify-between max-sm:gap-3 max-sm:pt-1">
        <span className={clsx("block font-medium", state === "ahead" && "text-ink-faint")}>{t(`builds.stage.${name}`)}<span className="sr-only">, {t(`builds.state.${state}`)}</span></span>
        <span className="block text-sm text-ink-soft tabular-nums">{[what, took === undefined ? "" : durationText(took)].filter(Boolean).join(" · ")}</span>
      </span>
    </li>
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
