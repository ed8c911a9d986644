import type { GetEnvironmentResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { By } from "../../components/by.tsx";
import { Card } from "../../components/card.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { FailurePanel } from "../builds/failure-panel.tsx";
import { ApprovalActions } from "./approval-actions.tsx";

const steps = ["prepare", "start", "smoke", "switch", "observe", "retire"] as const;

/** The newest deployment while it matters: under way, waiting for somebody, or failed. */
export function DeploymentNow({ deployment }: { readonly deployment: NonNullable<GetEnvironmentResponse["deployment"]> }) {
  const { t } = useTranslation();
  if (deployment.status === "failed" && deployment.error !== null) {
    const about = (
      <p className="text-sm break-words text-ink-soft">
        {t(`environments.kind.${deployment.kind}`)} <Link to="/releases/$id" params={{ id: deployment.release_id }} className="font-mono hover:underline">{deployment.release_id}</Link> · <By who={deployment.requested_by} /> · <Time at={deployment.created_at} />{deployment.reason !== "" && ` · ${deployment.reason}`}
      </p>
    );
    return <FailurePanel error={deployment.error} about={about} />;
  }
  if (!["queued", "running", "waiting_approval"].includes(deployment.status)) return null;
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-3">
        <Status of={deployment.status} />
        <span className="font-medium">{t(`environments.kind.${deployment.kind}`)}</span>
        <Link to="/releases/$id" params={{ id: deployment.release_id }} className="font-mono text-sm text-ink-soft hover:underline">{deployment.release_id}</Link>
        <span className="ml-auto text-sm text-ink-soft"><By who={deployment.requested_by} /> · <Time at={deployment.created_at} /></span>
      </div>
      {deployment.reason !== "" && <p className="mt-2 text-ink-soft">{deployment.reason}</p>}
      {deployment.status === "running" && (
        <ol className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-sm">
          {steps.map((name) => {
            const step = deployment.steps.find((each) => each.name === name);
            return <li key={name} className={step === undefined ? "text-ink-faint" : step.status === "running" ? "font-medium text-busy" : "text-good"}>{t(`builds.step.${name}`)}{step?.status === "running" && "…"}</li>;
          })}
        </ol>
      )}
      {deployment.status === "waiting_approval" && <ApprovalActions deployment={deployment} />}
    </Card>
  );
}
