import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DeltaText } from "../../components/delta.tsx";
import { Loading } from "../../components/loading.tsx";
import { Back, Page } from "../../components/page.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Select } from "../../components/field.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { DeployDialog } from "../builds/deploy-dialog.tsx";
import { compareModules } from "../environments/compare.ts";
import { LockChanges } from "./lock-changes.tsx";
import { ModulesTable } from "../environments/modules-table.tsx";

const route = getRouteApi("/signed-in/releases/$id");

/** One release: what is in it, compared with any other, and the way into another environment. */
export function ReleasePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const may = useMay();
  const [promoting, setPromoting] = useState(false);
  const [other, setOther] = useState<string>();
  const { data: release, error, refetch } = useQuery(queries.release(id));
  const { data: all } = useQuery(queries.releases({ limit: 100 }));
  if (release === undefined) return <Page title={id}>{error === null ? <Loading /> : <ErrorPanel error={error} retry={() => void refetch()} />}</Page>;
  const compared = all?.releases.find((each) => each.release_id === (other ?? release.previous_release_id));
  return (
    <Page
      title={id}
      above={<Link to="/environments/$name" params={{ name: release.environment }} ><Back>{release.environment}</Back></Link>}
      intro={<span className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2"><Status of={release.status} />{release.deployed_at !== null && <Time at={release.deployed_at} />}<Link to="/builds/$id" params={{ id: release.build_id }} className="text-accent hover:underline">{t("builds.one")}</Link></span>}
      actions={may("deployment.request") && <Button kind="primary" onClick={() => setPromoting(true)}>{t("environments.promote")}</Button>}
    >
      <div className="grid gap-5">
        <Card title={t("environments.modules")} padded={false}><ModulesTable modules={release.modules} /></Card>
        <Card title={t("environments.compare")}>
          <div className="grid gap-4">
            <Select label={t("environments.compareWith")} value={compared?.release_id ?? ""} onChange={(event) => setOther(event.target.value)}>
              <option value="">—</option>
              {all?.releases.filter((each) => each.release_id !== id).map((each) => <option key={each.release_id} value={each.release_id}>{each.release_id} · {each.environment}</option>)}
            </Select>
            {compared !== undefined && <DeltaText delta={compareModules(compared.modules, release.modules)} />}
            {compared !== undefined && <LockChanges from={compared.release_id} to={id} />}
          </div>
        </Card>
      </div>
      {promoting && <DeployDialog build={release.build_id} onClose={() => setPromoting(false)} />}
    </Page>
  );
}
