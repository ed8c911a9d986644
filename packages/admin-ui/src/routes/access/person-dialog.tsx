import type { ListPeopleResponse } from "@modyard/client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { once, queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { GrantsField, type Grant } from "./grants.tsx";
import { OneTime } from "./one-time.tsx";

export type Person = ListPeopleResponse["people"][number];

/** What an owner may change of a person: roles, whether they may come in, a new link when the password is forgotten. */
export function PersonDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [grants, setGrants] = useState<readonly Grant[]>(person.grants);
  const [reason, setReason] = useState("");
  const [link, setLink] = useState<string>();
  const path = { id: person.id };
  const act = useMutation({
    mutationFn: (what: () => Promise<unknown>) => what(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["people"] }),
  });
  const andClose = { onSuccess: onClose };
  return (
    <Dialog
      title={person.name}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button kind="primary" busy={act.isPending} onClick={() => act.mutate(() => server.setPersonGrants({ path, body: { grants: [...grants], reason } }), andClose)}>{t("access.save")}</Button>
        </>
      }
    >
      <div className="grid gap-5">
        {act.isError && <ErrorPanel error={act.error} />}
        <p className="text-ink-soft">{person.email}</p>
        <GrantsField grants={grants} onChange={setGrants} />
        <TextField label={t("common.reason")} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
        {link !== undefined && <OneTime text={link} explanation={t("access.linkText", { name: person.name })} />}
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          <Button small onClick={() => act.mutate(async () => setLink((await server.renewPersonLink({ path, body: {}, headers: once() })).link ?? undefined))}>{t("access.newLink")}</Button>
          <Button small kind={person.status === "disabled" ? "secondary" : "danger"} onClick={() => act.mutate(() => server.changePerson({ path, body: { disabled: person.status !== "disabled", reason } }), andClose)}>
            {t(person.status === "disabled" ? "access.enable" : "access.disable")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
