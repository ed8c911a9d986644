import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { GrantsField, type Grant } from "./grants.tsx";
import { OneTime } from "./one-time.tsx";

/** Invites a person. There is no mail server: the link is shown, and one passes it on. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [grants, setGrants] = useState<readonly Grant[]>([{ environment: null, role: "viewer" }]);
  const invite = useMutation({
    mutationFn: () => server.invitePerson({ body: { name, email, grants: [...grants] }, headers: { "Idempotency-Key": crypto.randomUUID() } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["people"] }),
  });
  return (
    <Dialog
      title={t("access.invite")}
      onClose={onClose}
      footer={invite.isSuccess ? <Button kind="primary" onClick={onClose}>{t("common.close")}</Button> : <><Button onClick={onClose}>{t("common.cancel")}</Button><Button kind="primary" type="submit" form="invite" busy={invite.isPending}>{t("access.invite")}</Button></>}
    >
      {invite.isSuccess ? (
        <OneTime text={invite.data.link ?? ""} explanation={t("access.linkText", { name: invite.data.person.name })} />
      ) : (
        <form id="invite" className="grid gap-4" onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}>
          {invite.isError && <ErrorPanel error={invite.error} />}
          <TextField label={t("access.name")} required value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" />
          <TextField label={t("access.email")} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" />
          <GrantsField grants={grants} onChange={setGrants} />
        </form>
      )}
    </Dialog>
  );
}
