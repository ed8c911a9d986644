import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { ExternalLink, Server, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/empty.tsx";
import { Loading } from "../../components/loading.tsx";
import { Back, Page } from "../../components/page.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { DeploymentNow } from "./deployment-now.tsx";
import { HowItCame } from "./how-it-came.tsx";
import { ModulesTable } from "./modules-table.tsx";
import { observedStatus } from "./observed.ts";
import { ReleaseHistory } from "./release-history.tsx";
import { RollbackDialog } from "./rollback-dialog.tsx";

const route = getRouteApi("/signed-in/environments/$name");

/** One environment: what runs, what is under way, what ran before and may be gone back to. */
export function EnvironmentPage() {
  const { t } = useTranslation();
  const { name } = route.useParams();
  const may = useMay();
  const [goBackTo, setGoBackTo] = useState<string>();
  const { data: environment, error, refetch } = useQuery(queries.environment(name));
  if (environment === undefined) return <Page title={name}>{error === null ? <Loading /> : <ErrorPanel error={error} retry={() => void refetch()} />}</Page>;
  const active = environment.active_release;
  const previous = environment.releases.find((release) => release.release_id === active?.previous_release_id && release.rollback?.allowed === true);
  const running = observedStatus(environment);
  return (
    <Page
      title={name}
      above={<Link to="/environments"><Back>{t("environments.title")}</Back></Link>}
      intro={
        <span className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Badge tone={running.tone} dot>{t(`environments.observed.${running.name}`)}</Badge>
          {environment.url !== null && <a href={environment.url} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1.5 text-accent hover:underline">{environment.url}<ExternalLink aria-hidden className="size-3.5" /></a>}
        </span>
      }
      actions={previous !== undefined && may("deployment.rollback", name) && <Button icon={<Undo2 aria-hidden className="size-4" />} onClick={() => setGoBackTo(previous.release_id)}>{t("environments.rollBack")}</Button>}
    >
      <div className="grid gap-5">
        {environment.waiting.map((deployment) => <DeploymentNow key={deployment.id} deployment={deployment} />)}
        {environment.deployment !== null && environment.deployment.status !== "waiting_approval" && <DeploymentNow deployment={environment.deployment} />}
        {active !== null && (
          <Card title={<h2 className="font-semibold">{t("environments.running")} <Link to="/releases/$id" params={{ id: active.release_id }} className="ml-2 font-mono text-sm font-normal text-ink-soft hover:underline">{active.release_id}</Link></h2>} padded={false}>
            <HowItCame release={active} />
            <ModulesTable environment={name} modules={active.modules} />
          </Card>
        )}
        {environment.releases.length === 0 && (
          <Empty icon={<Server className="size-5" />} title={t("environments.nothing")} action={<Link to="/builds" className="font-medium text-accent underline">{t("builds.title")}</Link>}>
            {t("environments.nothingText")}
          </Empty>
        )}
        {environment.releases.length > 0 && <ReleaseHistory environment={environment} mayRollBack={may("deployment.rollback", name)} onRollBack={setGoBackTo} />}
      </div>
      {goBackTo !== undefined && <RollbackDialog environment={name} from={active} to={goBackTo} onClose={() => setGoBackTo(undefined)} />}
    </Page>
  );
}
