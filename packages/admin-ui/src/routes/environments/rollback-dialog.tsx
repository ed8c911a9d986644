import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { DeltaText } from "../../components/delta.tsx";
import { TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { toast } from "../../components/toasts.tsx";
import { compareModules } from "./compare.ts";

interface Props {
  readonly environment: string;
  /** What runs now. */
  readonly from: { readonly modules: readonly { readonly slug: string; readonly version: string }[] } | null;
  readonly to: string;
  readonly onClose: () => void;
}

/** A look at what going back takes away, before it is done. */
export function RollbackDialog({ environment, from, to, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const { data: release, error } = useQuery(queries.release(to));
  const goBack = useMutation({
    mutationFn: () => server.rollBackEnvironment({ path: { name: environment }, body: { target_release: to, reason }, headers: once() }),
    onSuccess: async () => {
      toast(t("environments.goingBack", { release: to }));
      await queryClient.invalidateQueries({ queryKey: ["environments"] });
      onClose();
    },
  });
  return (
    <FormDialog title={t("environments.rollBackTitle", { environment })} submit={t("environments.rollBack")} kind="danger" disabled={release?.rollback?.allowed !== true} busy={goBack.isPending} error={goBack.error ?? error} onSubmit={() => goBack.mutate()} onClose={onClose}>
      {release === undefined && error === null && <Loading lines={2} />}
      {release !== undefined && (
        <>
          <p>{t("environments.rollBackText")} <span className="font-mono text-sm">{to}</span></p>
          <DeltaText delta={compareModules(from?.modules ?? [], release.modules)} />
          {release.rollback?.reasons.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
        </>
      )}
      <TextField label={t("common.reason")} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  );
}
