import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { Table } from "../../components/table.tsx";

/** The one table of who may do what, as the server holds itself to it. */
export function PermissionsCard() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ["permissions"], queryFn: ({ signal }) => server.listPermissions({ signal }), staleTime: Number.POSITIVE_INFINITY });
  if (data === undefined) return null;
  return (
    <Card title={t("access.permissions")} padded={false}>
      <Table
        caption={t("access.permissions")}
        columns={[{ name: t("access.permission"), look: "flex-col gap-1" }, ...data.roles.map((role) => ({ name: t(`access.role.${role}`), look: "max-sm:hidden" }))]}
        rows={data.permissions.map(({ name, allows, roles }) => ({
          key: name,
          cells: [
            <Fragment key="permission">
              <span className="block font-mono text-sm">{name}</span>
              <span className="block max-w-md text-sm text-ink-soft">{allows}</span>
              <span className="block text-sm text-ink-faint sm:hidden">{roles.map((role) => t(`access.role.${role}`)).join(", ")}</span>
            </Fragment>,
            ...data.roles.map((role) => (roles.includes(role) ? <Fragment key={role}><Check aria-hidden className="size-4 text-good" /><span className="sr-only">{t("common.yes")}</span></Fragment> : <span key={role} className="text-ink-faint"><span aria-hidden>·</span><span className="sr-only">{t("common.no")}</span></span>)),
          ],
        }))}
      />
    </Card>
  );
}
