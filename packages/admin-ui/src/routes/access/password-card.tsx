import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/me.ts";
import { queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { toast } from "../../components/toasts.tsx";

/** Another password for who is signed in; their sessions elsewhere end. */
export function PasswordCard() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => server.changePassword({ body: { current_password: current, new_password: next } }),
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      toast(t("access.passwordChanged"));
      await queryClient.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  if (me?.kind !== "person") return null;
  return (
    <Card title={t("access.password")}>
      <form className="grid gap-4" onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}>
        {change.isError && <ErrorPanel error={change.error} />}
        <input type="text" autoComplete="username" value={me.name} readOnly hidden />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField label={t("access.currentPassword")} type="password" autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.target.value)} />
          <TextField label={t("access.newPassword")} hint={t("access.passwordHint")} type="password" autoComplete="new-password" required minLength={12} maxLength={128} value={next} onChange={(event) => setNext(event.target.value)} />
        </div>
        <div><Button type="submit" busy={change.isPending}>{t("access.changePassword")}</Button></div>
      </form>
    </Card>
  );
}
