import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Select, TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { OneTime } from "../access/one-time.tsx";

/** Adds a webhook. Its secret is shown this once; the receiver checks signatures with it. */
export function NewWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [environment, setEnvironment] = useState("");
  const { data } = useQuery(queries.environments());
  const add = useMutation({
    mutationFn: () => server.createWebhook({ body: { url: url.trim(), description, environments: environment === "" ? [] : [environment] }, headers: once() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  return (
    <FormDialog title={t("settings.webhooks.add")} busy={add.isPending} error={add.error} onSubmit={() => add.mutate()} onClose={onClose} {...(add.isSuccess && { done: <OneTime text={add.data.secret ?? ""} explanation={t("settings.webhooks.secretText")} /> })}>
      <TextField label={t("settings.webhooks.url")} hint={t("settings.webhooks.urlHint")} type="url" required value={url} onChange={(event) => setUrl(event.target.value)} autoComplete="off" spellCheck={false} className="font-mono text-sm" />
      <TextField label={t("settings.webhooks.description")} value={description} maxLength={1_000} onChange={(event) => setDescription(event.target.value)} />
      <Select label={t("settings.webhooks.environment")} hint={t("settings.webhooks.environmentHint")} value={environment} onChange={(event) => setEnvironment(event.target.value)}>
        <option value="">{t("settings.webhooks.anyEnvironment")}</option>
        {data?.environments.map(({ name }) => <option key={name} value={name}>{name}</option>)}
      </Select>
    </FormDialog>
  );
}
