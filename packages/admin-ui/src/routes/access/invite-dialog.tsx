import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { once, queryClient, server } from "../../api/server.ts";
import { TextField } from "../../components/field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { GrantsField, type Grant } from "./grants.tsx";
import { OneTime } from "./one-time.tsx";

/** Invites a person. There is no mail server: the link is shown, and one passes it on. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [grants, setGrants] = useState<readonly Grant[]>([{ environment: null, role: "viewer" }]);
  const invite = useMutation({
    mutationFn: () => server.invitePerson({ body: { name, email, grants: [...grants] }, headers: once() }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["people"] }),
  });
  return (
    <FormDialog title={t("access.invite")} busy={invite.isPending} error={invite.error} onSubmit={() => invite.mutate()} onClose={onClose} {...(invite.isSuccess && { done: <OneTime text={invite.data.link ?? ""} explanation={t("access.linkText", { name: invite.data.person.name })} /> })}>
      <TextField label={t("access.name")} required value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
      <TextField label={t("access.email")} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" />
      <GrantsField grants={grants} onChange={setGrants} />
    </FormDialog>
  );
}
