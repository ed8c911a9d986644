import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Empty } from "../../components/empty.tsx";
import { Loading } from "../../components/loading.tsx";
import { Page } from "../../components/page.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { EnvironmentCard } from "./environment-card.tsx";

/** Where releases run, each with what runs there now. */
export function EnvironmentsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(queries.environments());
  return (
    <Page title={t("environments.title")} intro={t("environments.intro")}>
      {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.environments.length === 0 && <Empty icon={<Server className="size-5" />} title={t("environments.empty")}>{t("environments.emptyText")}</Empty>}
      <div className="grid gap-4 md:grid-cols-2">{data?.environments.map((environment) => <EnvironmentCard key={environment.name} environment={environment} />)}</div>
    </Page>
  );
}
