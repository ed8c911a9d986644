import { ApiError } from "@modyard/client";
import { CircleAlert, TriangleAlert } from "lucide-react";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Told } from "./told.tsx";

/** A problem as the API tells it: what is wrong, where, what to do. */
export interface ProblemText {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly module?: string | undefined;
}

/** `children`: what can be done about it right here. */
export function ProblemNote({ problem, tone = "bad", children }: { readonly problem: ProblemText; readonly tone?: "bad" | "warn"; readonly children?: ReactNode }) {
  const Icon = tone === "bad" ? CircleAlert : TriangleAlert;
  return (
    <div className={clsx("flex gap-3 rounded-lg px-4 py-3", tone === "bad" ? "bg-bad-soft" : "bg-warn-soft")}>
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", tone === "bad" ? "text-bad" : "text-warn")} />
      <div className="min-w-0">
        <p className="font-medium break-words"><Told>{problem.message}</Told></p>
        {problem.hint !== undefined && problem.hint !== "" && <p className="mt-0.5 text-sm break-words text-ink-soft"><Told>{problem.hint}</Told></p>}
        <p className="mt-1 font-mono text-xs text-ink-soft">{problem.code}{problem.module !== undefined && ` · ${problem.module}`}</p>
        {children}
      </div>
    </div>
  );
}

/** Whatever went wrong while asking the server. */
export function ErrorPanel({ error, retry }: { readonly error: unknown; readonly retry?: () => void }): ReactNode {
  const { t } = useTranslation();
  const problems: readonly ProblemText[] = error instanceof ApiError && error.details !== undefined ? error.details.problems : [{ code: "connection_lost", message: t("errors.connection"), hint: t("errors.connectionHint") }];
  return (
    <div role="alert" className="grid gap-3">
      {problems.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
      {retry !== undefined && <div><Button small onClick={retry}>{t("common.tryAgain")}</Button></div>}
    </div>
  );
}
