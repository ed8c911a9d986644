import type { GetBuildResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Card } from "../../components/card.tsx";
import { Status } from "../../components/status.tsx";
import { Visit } from "../../components/visit.tsx";
import { FailurePanel } from "./failure-panel.tsx";

/** What became of the build in environments: the last part of the way. */
export function BuildDeployments({ build }: { readonly build: GetBuildResponse }) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...queries.deployments({ build_id: build.id, limit: 10 }), enabled: build.status === "success" });
  const { data: environments } = useQuery(queries.environments());
  if (data === undefined || data.deployments.length === 0) return null;
  const [newest] = data.deployments;
  // Where it can be seen: only while it is what runs there.
  const seen = new Map((environments?.environments ?? []).flatMap(({ url, active_release: active }) => (url === null || active === null ? [] : [[active.release_id, url] as const])));
  return (
    <>
      <Card title={t("builds.deployments")} padded={false}>
        <ul className="divide-y divide-line">
          {data.deployments.map((deployment) => (
            <li key={deployment.id} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-5 py-3">
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <Link to="/environments/$name" params={{ name: deployment.environment }} className="font-medium hover:underline">{deployment.environment}</Link>
                <Link to="/releases/$id" params={{ id: deployment.release_id }} className="font-mono text-sm text-ink-soft hover:underline">{deployment.release_id}</Link>
                <span className="text-sm text-ink-soft">{deployment.steps.map(({ name, status }) => `${t(`builds.step.${name}`)}${status === "running" ? "…" : ""}`).join(" → ")}</span>
                {deployment.status === "success" && seen.has(deployment.release_id) && <Visit url={seen.get(deployment.release_id) ?? ""} />}
              </span>
              <Status of={deployment.status} />
            </li>
          ))}
        </ul>
      </Card>
      {newest !== undefined && newest.error !== null && <FailurePanel error={newest.error} />}
    </>
  );
}
