import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { useNameOf } from "../../api/names.ts";
import { queries } from "../../api/queries.ts";
import { once, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DeltaText } from "../../components/delta.tsx";
import { Loading } from "../../components/loading.tsx";
import { Back, Page } from "../../components/page.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Status } from "../../components/status.tsx";
import { buildTitle } from "./build-title.ts";
import { BuildFacts } from "./build-facts.tsx";
import { BuildDeployments } from "./build-deployments.tsx";
import { DeployDialog } from "./deploy-dialog.tsx";
import { FailurePanel } from "./failure-panel.tsx";
import { LogWindow } from "./log-window.tsx";
import { NextSteps } from "./next-steps.tsx";
import { Remaining, Took } from "./remaining.tsx";
import { StepLine } from "./step-line.tsx";

const route = getRouteApi("/signed-in/builds/$id");

/** One build to watch. Everything on it comes from the server: it may be closed, reloaded and opened elsewhere at any time. */
export function BuildPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const may = useMay();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  const [deploying, setDeploying] = useState(false);
  const { data: build, error, refetch } = useQuery(queries.build(id));
  const cancel = useMutation({ mutationFn: () => server.cancelBuild({ path: { id }, body: {}, headers: once() }), onSettled: () => refetch() });
  const verify = useMutation({ mutationFn: () => server.verifyBuild({ path: { id }, body: {}, headers: once() }), onSuccess: ({ build_id: made }) => navigate({ to: "/builds/$id", params: { id: made } }) });
  if (build === undefined) return <Page title={t("builds.one")}>{error === null ? <Loading /> : <ErrorPanel error={error} retry={() => void refetch()} />}</Page>;
  const isOpen = build.status === "queued" || build.status === "running";
  return (
    <Page
      title={buildTitle(build, t)}
      above={<Link to="/builds"><Back>{t("builds.title")}</Back></Link>}
      intro={<div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2"><Status of={build.status} />{build.verifies === null && <DeltaText delta={build.modules_delta} />}<Took build={build} /></div>}
      actions={
        <>
          {isOpen && may("build.cancel") && (
            <Button kind="danger" busy={cancel.isPending} disabled={build.cancel_requested_by !== null} onClick={() => cancel.mutate()}>
              {build.cancel_requested_by === null ? t("builds.cancel") : t("builds.cancelling")}
            </Button>
          )}
          {build.status === "success" && build.verifies === null && may("build.request") && <Button busy={verify.isPending} title={t("builds.verifyTitle")} onClick={() => verify.mutate()}>{t("builds.verify")}</Button>}
          {build.status === "success" && may("deployment.request") && <Button kind="primary" onClick={() => setDeploying(true)}>{t("builds.deploy")}</Button>}
        </>
      }
    >
      <div className="grid gap-5">
        {cancel.isError && <ErrorPanel error={cancel.error} />}
        {verify.isError && <ErrorPanel error={verify.error} />}
        <Card>
          <StepLine build={build} />
          {isOpen && (
            <div role="progressbar" aria-label={t("builds.progress")} aria-valuenow={build.progress} aria-valuemin={0} aria-valuemax={100} className="mt-6 h-1.5 overflow-hidden rounded-full bg-sunken">
              <div className="h-full rounded-full bg-busy transition-[width] duration-500 ease-out" style={{ width: `${build.progress}%` }} />
            </div>
          )}
          <Remaining build={build} />
        </Card>
        {build.error !== null && <FailurePanel error={build.error}><NextSteps key={build.id} build={build} /></FailurePanel>}
        {build.status === "cancelled" && (
          <Card title={t("builds.cancelled")}>
            <div className="grid gap-4">
              <p>{build.cancel_requested_by === null ? t("builds.cancelledText") : t("builds.cancelledBy", { name: nameOf(build.cancel_requested_by) })}</p>
              <NextSteps key={build.id} build={build} />
            </div>
          </Card>
        )}
        <BuildDeployments build={build} />
        <LogWindow build={build.id} />
        <BuildFacts build={build} />
      </div>
      {deploying && <DeployDialog build={build.id} onClose={() => setDeploying(false)} />}
    </Page>
  );
}
