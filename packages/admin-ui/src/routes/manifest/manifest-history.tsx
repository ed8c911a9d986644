import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { DeltaText } from "../../components/delta.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { Time } from "../../components/time.tsx";

/** Every change that landed: who, what and why. */
export function ManifestHistory() {
  const { t } = useTranslation();
  return (
    <Card title={t("manifest.history")} padded={false}>
      <PagesList
        queryKey={["builds", "landed"]}
        read={async (cursor, signal) => {
          const { builds, next_cursor: next } = await server.listBuilds({ query: { status: "success", limit: 25, ...(cursor !== undefined && { cursor }) }, signal });
          return { items: builds.filter(({ result_commit: landed, source_commit: source }) => landed !== null && landed !== source), next };
        }}
        empty={<p className="p-5 text-ink-soft">{t("manifest.noHistory")}</p>}
      >
        {(builds) => (
          <ul className="divide-y divide-line">
            {builds.map((build) => (
              <li key={build.id} className="flex flex-wrap items-center gap-x-6 gap-y-1 px-5 py-3">
                <Link to="/builds/$id" params={{ id: build.id }} className="min-w-0 flex-1 basis-64 hover:underline"><DeltaText delta={build.modules_delta} /></Link>
                <span className="text-sm text-ink-soft">{build.requested_by}{build.reason !== "" && ` · ${build.reason}`}</span>
                <span className="font-mono text-sm text-ink-faint">{build.result_commit?.slice(0, 12)}</span>
                <span className="text-sm text-ink-soft"><Time at={build.finished_at ?? build.created_at} /></span>
              </li>
            ))}
          </ul>
        )}
      </PagesList>
    </Card>
  );
}
