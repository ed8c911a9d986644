import type { GetBuildResponse } from "@modyard/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { durationText } from "../../components/time.tsx";

/** How long a build took. */
export function Took({ build: { started_at: started, finished_at: finished } }: { readonly build: GetBuildResponse }) {
  const { t } = useTranslation();
  if (started === null || finished === null) return null;
  return <span className="text-sm tabular-nums">{t("builds.took", { time: durationText(Date.parse(finished) - Date.parse(started)) })}</span>;
}

/** How long a build runs already, and how much longer builds like it take: from what the last ones took, never from the progress. */
export function Remaining({ build }: { readonly build: GetBuildResponse }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  const running = build.status === "running" && build.started_at !== null;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  if (!running || build.started_at === null) return null;
  const since = Date.parse(build.started_at);
  const spent = Math.max(0, now - since);
  const left = (build.expected_seconds ?? 0) * 1_000 - spent;
  return (
    <p className="mt-3 text-sm text-ink-soft tabular-nums">
      {t("builds.runsFor", { time: durationText(spent) })}
      {typeof build.expected_seconds === "number" && <> · {left > 0 ? t("builds.left", { time: durationText(left) }) : t("builds.longer", { time: durationText(build.expected_seconds * 1_000) })}</>}
    </p>
  );
}
