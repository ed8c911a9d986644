import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/me.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Select, TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { GrantsField, type Grant } from "./grants.tsx";
import { OneTime } from "./one-time.tsx";
import { leastWithin, rolesWithin } from "./within.ts";

const lifetimes = [7, 30, 90, 365] as const;

/** Makes a token for a program, which has at most what its maker has. It is shown once. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const { data: me } = useQuery(meQuery);
  const own = me?.grants ?? [];
  const [grants, setGrants] = useState<readonly Grant[]>(() => leastWithin(own));
  const create = useMutation({
    mutationFn: () => server.createToken({ body: { name, grants: [...grants], ...(days !== "" && { expires_in_days: Number(days) }) }, headers: once() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <FormDialog title={t("access.newToken")} submit={t("access.make")} busy={create.isPending} error={create.error} onSubmit={() => create.mutate()} onClose={onClose} {...(create.isSuccess && { done: <OneTime text={create.data.token ?? ""} explanation={t("access.tokenText")} /> })}>
      <TextField label={t("access.tokenName")} hint={t("access.tokenNameHint")} required value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
      <GrantsField grants={grants} onChange={setGrants} offered={(place) => rolesWithin(place, own)} />
      <Select label={t("access.lifetime")} value={days} onChange={(event) => setDays(event.target.value)}>
        {lifetimes.map((each) => <option key={each} value={each}>{t("access.days", { count: each })}</option>)}
        <option value="">{t("access.forever")}</option>
      </Select>
    </FormDialog>
  );
}
