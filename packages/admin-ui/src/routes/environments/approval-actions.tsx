import type { GetEnvironmentResponse } from "@modyard/client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";

/** What a second person decides about a deployment that waits. Whether it is a second person, the server knows. */
export function ApprovalActions({ deployment }: { readonly deployment: NonNullable<GetEnvironmentResponse["deployment"]> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [reason, setReason] = useState("");
  const decide = useMutation({
    mutationFn: (approved: boolean) => {
      const common = { path: { id: deployment.id }, headers: once() };
      return approved ? server.approveDeployment({ ...common, body: { reason } }) : server.rejectDeployment({ ...common, body: { reason } });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["environments"] }),
  });
  if (!may("deployment.approve", deployment.environment)) return <p className="mt-3 text-ink-soft">{t("environments.waitsForOther")}</p>;
  return (
    <div className="mt-4 grid max-w-xl gap-3">
      {decide.isError && <ErrorPanel error={decide.error} />}
      <TextField label={t("common.reason")} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={1_000} />
      <div className="flex gap-2">
        <Button kind="primary" busy={decide.isPending} onClick={() => decide.mutate(true)}>{t("environments.approve")}</Button>
        <Button kind="danger" busy={decide.isPending} disabled={reason.trim() === ""} onClick={() => decide.mutate(false)}>{t("environments.reject")}</Button>
      </div>
    </div>
  );
}
