import { clsx } from "clsx";
import { ClipboardList } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/button.tsx";
import { forgetWishes, type Wish, type Wishes } from "./change.ts";

const signs: Readonly<Record<Wish, readonly [sign: string, look: string]>> = { install: ["+", "text-good"], uninstall: ["−", "text-bad"], upgrade: ["↑", "text-busy"] };

/** What was collected, always in view: from here one sees the plan. */
export function ChangeBar({ wishes, onReview }: { readonly wishes: Wishes; readonly onReview: () => void }) {
  const { t } = useTranslation();
  if (wishes.size === 0) return null;
  return (
    <div role="region" aria-label={t("modules.change.label")} className="sticky bottom-4 z-10 mt-6 flex animate-rise flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line-strong bg-raised py-3 pr-3 pl-5 shadow-sheet max-sm:px-4">
      <ClipboardList aria-hidden className="size-5 shrink-0 text-accent max-sm:hidden" />
      <div className="flex min-w-0 flex-1 basis-56 flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="font-medium whitespace-nowrap">{t("modules.change.count", { count: wishes.size })}</p>
        <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 font-mono text-sm">
          {[...wishes].map(([slug, { what }]) => (
            <li key={slug} className={clsx("animate-pop", signs[what][1])}>
              <span aria-hidden>{signs[what][0]} </span>
              <span className="sr-only">{t(`modules.${what}`)} </span>
              {slug}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
        <Button kind="quiet" onClick={forgetWishes}>{t("modules.change.discard")}</Button>
        <Button kind="primary" onClick={onReview}>{t("modules.change.review")}</Button>
      </div>
    </div>
  );
}
