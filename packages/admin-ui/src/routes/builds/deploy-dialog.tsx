import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { once, server } from "../../api/server.ts";
import { Select, TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";

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
    mutationFn: () => server.deployBuild({ path: { id: build }, body: { environment, reason }, headers: once() }),
    onSuccess: () => navigate({ to: "/environments/$name", params: { name: environment } }),
  });
  return (
    <FormDialog title={t("builds.deployTitle")} submit={t("builds.deployTo", { environment })} disabled={environment === ""} busy={deploy.isPending} error={deploy.error} onSubmit={() => deploy.mutate()} onClose={onClose}>
      <p className="text-ink-soft">{t("builds.deployText")}</p>
      <Select label={t("modules.plan.environment")} value={environment} onChange={(event) => setChosen(event.target.value)}>
        {names.map((name) => <option key={name} value={name}>{name}</option>)}
      </Select>
      <TextField label={t("common.reason")} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  );
}
