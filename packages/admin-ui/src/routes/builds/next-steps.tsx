import type { GetBuildResponse } from "@modyard/client";
import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { Button } from "../../components/button.tsx";
import { dialogPart } from "../../components/dialog-part.tsx";
import { exchangeWishes, useWishes, wishesOf, type Asked, type Wishes } from "../modules/change.ts";

const PlanSheet = dialogPart(async () => (await import("../modules/plan-sheet.tsx")).PlanSheet);

/** A change whose plan is looked at, and what was collected before it, to be put back. */
interface Opened {
  readonly change: Asked;
  readonly before: Wishes;
}

/** What can be done about a build that failed or was cancelled: the same once more, or the change without what it failed by. */
export function NextSteps({ build }: { readonly build: GetBuildResponse }) {
  const { t } = useTranslation();
  const may = useMay();
  const wishes = useWishes();
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => (opened === undefined ? undefined : () => void exchangeWishes(opened.before)), [opened]);
  const { next } = build;
  if (next === null || next === undefined) return build.status === "failed" && (build.requests ?? []).length > 1 ? <p className="text-ink-soft">{t("builds.next.alone")}</p> : null;
  if (!may("build.request")) return null;
  const open = (change: Asked) => () => setOpened({ change, before: exchangeWishes(wishesOf(change)) });
  const without = next.rest?.without.map((slug) => build.modules?.find((module) => module.slug === slug)?.name ?? slug).join(", ");
  // The last module was left out of the change: what is left would be another one, that nobody asked for.
  const isEmptied = opened !== undefined && wishes.size === 0 && wishesOf(opened.change).size > 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <span className="flex flex-wrap gap-2">
          {next.rest !== null && <Button kind="primary" className="max-w-full" onClick={open(next.rest.change)}>{t("builds.next.rest", { modules: without })}</Button>}
          <Button icon={<RotateCcw aria-hidden className="size-4" />} onClick={open(next.again)}>{t("common.tryAgain")}</Button>
        </span>
        <p className="min-w-0 flex-1 basis-72 text-sm text-pretty text-ink-soft">{t(build.error?.deterministic === true ? "builds.next.deterministic" : "builds.next.passing")}</p>
      </div>
      {opened !== undefined && !isEmptied && <PlanSheet wishes={wishes} after={{ build, change: opened.change }} onClose={() => setOpened(undefined)} />}
    </>
  );
}
