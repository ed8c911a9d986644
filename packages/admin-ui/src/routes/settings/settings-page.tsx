import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Card } from "../../components/card.tsx";
import { Page } from "../../components/page.tsx";
import { EnvironmentSettings } from "./environment-settings.tsx";
import { RetentionCard } from "./retention-card.tsx";
import { CatalogsCard, ServerCard } from "./server-card.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

/** What owners set, and what administrators may see of it. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { data } = useQuery(queries.environments());
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
