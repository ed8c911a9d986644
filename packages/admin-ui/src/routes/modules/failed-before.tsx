import type { RequestBuildResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../components/problem.tsx";

/** Said instead of a new build: the same one failed before for a reason that its inputs bring again, and what that was. */
export function FailedBefore({ answer: { build_id: id, error }, onLook }: { readonly answer: RequestBuildResponse; readonly onLook: () => void }) {
  const { t } = useTranslation();
  const note = useRef<HTMLDivElement>(null);
  // It stands above what was read last, where the button is.
  // (In newer browsers scrolling answers with a promise, which is no way to end an effect.)
  useEffect(() => void note.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={note} role="alert" className="grid gap-3">
      <p className="font-medium">{t("modules.plan.failedBefore")}</p>
      {error?.problems.slice(0, 3).map((problem, index) => <ProblemNote key={index} problem={problem} />)}
      <p className="text-sm text-ink-soft">{t("modules.plan.forceText")} <Link to="/builds/$id" params={{ id }} onClick={onLook} className="text-accent hover:underline">{t("modules.plan.failedThen")}</Link></p>
    </div>
  );
}
