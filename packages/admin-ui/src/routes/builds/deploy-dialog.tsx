import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";

/** Brings a build into an environment: also the way from staging to prod, since the very same artifact goes there. */
export function DeployDialog({ build, to, onClose }: { readonly build: string; readonly to?: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { data } = useQuery(queries.environments());
  const names = (data?.environments ?? []).map(({ name }) => name).filter((name) => may("deployment.request", name));
  const [chosen, setChosen] = useState(to);
  const [reason, setReason] = useState("");
  const environment = chosen ?? names[0] ?? "";
  const deploy = useMutation({
    mutationFn: () => server.deployBuild({ path: { id: build }, body: { environment, reason }, headers: { "Idempotency-Key": crypto.randomUUID() } }),
    onSuccess: () => navigate({ to: "/environments/$name", params: { name: environment } }),
  });
  return (
    <Dialog
      title={t("builds.deployTitle")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button kind="primary" disabled={environment === ""} busy={deploy.isPending} onClick={() => deploy.mutate()}>{t("builds.deployTo", { environment })}</Button>
        </>
      }
    >
      <div className="grid gap-4">
        {deploy.isError && <ErrorPanel error={deploy.error} />}
        <p className="text-ink-soft">{t("builds.deployText")}</p>
        <Select label={t("modules.plan.environment")} value={environment} onChange={(event) => setChosen(event.target.value)}>
          {names.map((name) => <option key={name} value={name}>{name}</option>)}
        </Select>
        <TextField label={t("common.reason")} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
      </div>
    </Dialog>
  );
}
