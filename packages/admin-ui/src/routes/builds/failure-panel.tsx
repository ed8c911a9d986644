import type { GetBuildResponse } from "@modyard/client";
import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../../components/card.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { AnsiText } from "./ansi.tsx";

/** Why a build or deployment failed: the step, the module where that is known, the few lines that matter, what to do. `about`: what failed, where the place does not say it; `children`: what can be done about it right here. */
export function FailurePanel({ error, about, children }: { readonly error: NonNullable<GetBuildResponse["error"]>; readonly about?: ReactNode; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Card className="border-bad/40" title={<h2 className="flex items-center gap-2.5 font-semibold"><CircleX aria-hidden className="size-5 shrink-0 text-bad" />{t("builds.failed", { step: t(`builds.step.${error.step}`, { defaultValue: error.step }) })}</h2>}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {about}
        {error.problems.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
        {error.excerpt.length > 0 && (
          <figure className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
            <figcaption className="text-sm font-medium">{t("builds.excerpt")}</figcaption>
            <pre tabIndex={0} aria-label={t("builds.excerpt")} className="max-h-72 overflow-auto rounded-lg border border-line bg-sunken px-4 py-3 font-mono text-xs leading-5">
              {error.excerpt.map((line, index) => <span key={index} className="block min-h-5 w-max min-w-full"><AnsiText text={line} /></span>)}
            </pre>
          </figure>
        )}
        {children}
      </div>
    </Card>
  );
}
