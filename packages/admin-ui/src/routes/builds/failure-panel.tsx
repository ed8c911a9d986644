import type { GetBuildResponse } from "@modyard/client";
import { useTranslation } from "react-i18next";
import { Card } from "../../components/card.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { AnsiText } from "./ansi.tsx";

/** Why a build or deployment failed: the step, the module where that is known, the few lines that matter, what to do. */
export function FailurePanel({ error }: { readonly error: NonNullable<GetBuildResponse["error"]> }) {
  const { t } = useTranslation();
  return (
    <Card title={t("builds.failed", { step: t(`builds.step.${error.step}`, { defaultValue: error.step }) })} className="border-bad/40">
      <div className="grid gap-3">
        {error.problems.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
        {error.excerpt.length > 0 && (
          <pre tabIndex={0} aria-label={t("builds.excerpt")} className="max-h-72 overflow-auto rounded-lg bg-sunken p-4 font-mono text-xs leading-5">
            {error.excerpt.map((line, index) => <span key={index} className="block"><AnsiText text={line} /></span>)}
          </pre>
        )}
      </div>
    </Card>
  );
}
