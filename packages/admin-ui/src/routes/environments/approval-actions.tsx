import type { GetDeploymentResponse, GetEnvironmentResponse } from "@modyard/client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { DeltaText } from "../../components/delta.tsx";
import { TextField } from "../../components/field.tsx";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";

type Deployment = NonNullable<GetEnvironmentResponse["deployment"]>;

/** A deployment that waits: what it would change, and what can be decided about it, by a second person or by who asked. */
export function ApprovalActions({ deployment }: { readonly deployment: Deployment }) {
  const { t } = useTranslation();
  const may = useMay();
  const { data: me } = useQuery(meQuery);
  const { data: details } = useQuery(queries.deployment(deployment.id));
  const isOwn = deployment.approval?.asked_by.includes(me?.name ?? "") === true;
  return (
    <div className="mt-4 grid max-w-2xl gap-4">
      {details === undefined && <Loading lines={1} />}
      {details !== undefined && details.brings !== null && (
        <div className="grid gap-1">
          <h3 className="text-sm text-ink-faint">{t("environments.brings")}</h3>
          <DeltaText delta={details.brings} />
        </div>
      )}
      {details !== undefined && details.stale !== null && <ProblemNote tone="warn" problem={{ code: "approval_stale", message: t("environments.stale"), hint: details.stale }} />}
      {isOwn ? <Withdraw deployment={deployment} mayWithdraw={may("deployment.request", deployment.environment)} />
        : may("deployment.approve", deployment.environment) ? <Decide deployment={deployment} stale={details?.stale ?? null} />
          : <p className="text-ink-soft">{t("environments.waitsForOther")}</p>}
    </div>
  );
}

const settle = { onSettled: () => queryClient.invalidateQueries({ queryKey: ["environments"] }) };

/** For who may approve. That it is a second person, the server sees to. `stale`: why it no longer does what was meant. */
function Decide({ deployment: { id }, stale }: { readonly deployment: Deployment; readonly stale: GetDeploymentResponse["stale"] }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const approve = useMutation({ mutationFn: () => server.approveDeployment({ path: { id }, body: { reason, accept_stale: stale !== null }, headers: once() }), ...settle });
  const reject = useMutation({ mutationFn: () => server.rejectDeployment({ path: { id }, body: { reason }, headers: once() }), ...settle });
  const isBusy = approve.isPending || reject.isPending;
  return (
    <div className="grid gap-3">
      {(approve.error ?? reject.error) !== null && <ErrorPanel error={approve.error ?? reject.error} />}
      <TextField label={t("common.reason")} hint={t("environments.rejectHint")} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={1_000} />
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" busy={approve.isPending} disabled={isBusy} onClick={() => approve.mutate()}>{t(stale === null ? "environments.approve" : "environments.approveStale")}</Button>
        <Button kind="danger" busy={reject.isPending} disabled={isBusy || reason.trim() === ""} onClick={() => reject.mutate()}>{t("environments.reject")}</Button>
      </div>
    </div>
  );
}

/** For who asked: they may not decide about it, and may take it back. */
function Withdraw({ deployment: { id }, mayWithdraw }: { readonly deployment: Deployment; readonly mayWithdraw: boolean }) {
  const { t } = useTranslation();
  const withdraw = useMutation({ mutationFn: () => server.withdrawDeployment({ path: { id }, body: {}, headers: once() }), ...settle });
  return (
    <div className="grid gap-3">
      {withdraw.isError && <ErrorPanel error={withdraw.error} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-ink-soft">{t("environments.youAsked")}</p>
        {mayWithdraw && <Button kind="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>{t("environments.withdraw")}</Button>}
      </div>
    </div>
  );
}
