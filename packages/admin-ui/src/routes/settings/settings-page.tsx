import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { Card } from "../../components/card.tsx";
import { NotAllowed } from "../../components/not-allowed.tsx";
import { Page } from "../../components/page.tsx";
import { EnvironmentSettings } from "./environment-settings.tsx";
import { RetentionCard } from "./retention-card.tsx";
import { CatalogsCard, ServerCard } from "./server-card.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

/** What owners set, and what administrators may see of it. */
export function SettingsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { data } = useQuery(queries.environments());
  if (!may("settings.read")) return <NotAllowed title={t("settings.title")} />;
  return (
    <Page title={t("settings.title")} intro={t("settings.intro")}>
      <div className="grid gap-5">
        <Card title={t("settings.environments")} padded={false}>
          <ul className="divide-y divide-line">{data?.environments.map(({ name }) => <EnvironmentSettings key={name} name={name} />)}</ul>
        </Card>
        <RetentionCard />
        <WebhooksCard />
        <CatalogsCard />
        <ServerCard />
      </div>
    </Page>
  );
}
