import { ClipboardList } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/button.tsx";
import { forgetWishes, type Wishes } from "./change.ts";

/** What was collected, always in view: from here one sees the plan. */
export function ChangeBar({ wishes, onReview }: { readonly wishes: Wishes; readonly onReview: () => void }) {
  const { t } = useTranslation();
  if (wishes.size === 0) return null;
  return (
    <div role="region" aria-label={t("modules.change.label")} className="sticky bottom-4 z-10 mt-6 flex animate-rise flex-wrap items-center gap-3 rounded-xl border border-accent bg-raised px-5 py-3 shadow-sheet">
      <ClipboardList aria-hidden className="size-5 text-accent" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t("modules.change.count", { count: wishes.size })}</span>{" "}
        <span className="text-ink-soft">{[...wishes].map(([slug, { what }]) => `${t(`modules.${what}`)} ${slug}`).join(", ")}</span>
      </p>
      <Button kind="quiet" onClick={forgetWishes}>{t("modules.change.discard")}</Button>
      <Button kind="primary" onClick={onReview}>{t("modules.change.review")}</Button>
    </div>
  );
}
