import { Link } from "@tanstack/react-router";
import { Hammer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/empty.tsx";
import { Select } from "../../components/field.tsx";
import { Page } from "../../components/page.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { BuildRow } from "./build-row.tsx";

const statuses = ["queued", "running", "success", "failed", "cancelled"] as const;
type Wanted = (typeof statuses)[number] | "";

/** Every build, the newest first. */
export function BuildsPage() {
  const { t } = useTranslation();
  const [status, setStatus] = useState<Wanted>("");
  const filter = status === "" ? {} : { status };
  return (
    <Page
      title={t("builds.title")}
      intro={t("builds.intro")}
      actions={
        <Select hideLabel label={t("builds.status")} value={status} onChange={(event) => setStatus(event.target.value as Wanted)}>
          <option value="">{t("builds.anyStatus")}</option>
          {statuses.map((each) => <option key={each} value={each}>{t(`status.${each}`)}</option>)}
        </Select>
      }
    >
      <PagesList
        queryKey={["builds", "list", filter]}
        read={async (cursor, signal) => {
          const { builds, next_cursor: next } = await server.listBuilds({ query: { limit: 25, ...filter, ...(cursor !== undefined && { cursor }) }, signal });
          return { items: builds, next };
        }}
        empty={
          <Empty icon={<Hammer className="size-5" />} title={t("builds.empty")} action={<Link to="/modules" className="font-medium text-accent underline">{t("builds.emptyAction")}</Link>}>
            {t("builds.emptyText")}
          </Empty>
        }
      >
        {(builds) => (
          <Card padded={false}>
            <ul className="divide-y divide-line">{builds.map((build) => <BuildRow key={build.id} build={build} />)}</ul>
          </Card>
        )}
      </PagesList>
    </Page>
  );
}
