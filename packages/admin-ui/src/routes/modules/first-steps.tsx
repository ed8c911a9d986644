import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";

/** The first minute: until something was ever built, this says what to do first, and does it. */
export function FirstSteps({ onBegin }: { readonly onBegin: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { data } = useQuery(queries.builds({ limit: 1 }));
  if (!may("build.request") || data?.builds.length !== 0) return null;
  return (
    <section aria-label={t("modules.first.title")} className="mb-6 flex animate-rise flex-wrap items-center gap-x-5 gap-y-4 rounded-xl border border-accent/40 bg-accent-soft/60 px-5 py-4">
      <span aria-hidden className="grid size-10 shrink-0 place-items-center rounded-full bg-fill text-on-accent"><Rocket className="size-5" /></span>
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="font-semibold">{t("modules.first.title")}</h2>
        <p className="mt-0.5 max-w-prose text-sm text-pretty text-ink-soft">{t("modules.first.text")}</p>
      </div>
      <Button kind="primary" onClick={onBegin}>{t("modules.first.begin")}</Button>
    </section>
  );
}
