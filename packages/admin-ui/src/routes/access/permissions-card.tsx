import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
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
      <Table caption={t("access.permissions")} head={[t("access.permission"), ...data.roles.map((role) => t(`access.role.${role}`))]}>
        {data.permissions.map(({ name, allows, roles }) => (
          <tr key={name}>
            <td><span className="block font-mono text-sm">{name}</span><span className="block max-w-md text-sm whitespace-normal text-ink-soft">{allows}</span></td>
            {data.roles.map((role) => <td key={role}>{roles.includes(role) ? <><Check aria-hidden className="size-4 text-good" /><span className="sr-only">{t("common.yes")}</span></> : <span className="sr-only">{t("common.no")}</span>}</td>)}
          </tr>
        ))}
      </Table>
    </Card>
  );
}
