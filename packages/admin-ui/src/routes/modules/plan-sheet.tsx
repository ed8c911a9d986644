import { ApiError, type GetBuildResponse, type RequestBuildResponse } from "@modyard/client";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { forgetWishes, toRequest, type Asked, type Wishes } from "./change.ts";
import { FailedBefore } from "./failed-before.tsx";
import { PlanDetails } from "./plan-details.tsx";
import { PlanRows } from "./plan-rows.tsx";
import { Waiting } from "./waiting.tsx";

const nothing = { added: [], changed: [], removed: [] };

interface Props {
  readonly wishes: Wishes;
  /** The build that is to be followed by another one, and the change that `wishes` began with: branch, environment and reason are its. */
  readonly after?: { readonly build: Pick<GetBuildResponse, "manifest_ref" | "deploy_to" | "reason">; readonly change: Asked };
  readonly onClose: () => void;
}

/** The plan of a change before anything is done: what comes along, what blocks it, what the manifest will be. Confirming sends the plan's hash. */
export function PlanSheet({ wishes, after, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [cascade, setCascade] = useState(after?.change.cascade ?? false);
  const [reason, setReason] = useState(after?.build.reason ?? "");
  const [chosen, setChosen] = useState(after?.build.deploy_to === null ? "" : after?.build.deploy_to);
  const { data: environments } = useQuery(queries.environments());
  const mayDeployTo = (environments?.environments ?? []).filter(({ name }) => may("deployment.request", name)).map(({ name }) => name);
  const deployTo = chosen === undefined ? (mayDeployTo[0] ?? "") : mayDeployTo.includes(chosen) ? chosen : "";
  const branch = after?.build.manifest_ref;
  const exact = after?.change.modules;
  const change = { ...(exact === undefined ? toRequest(wishes, cascade) : { modules: exact }), ...(branch !== undefined && { manifest_ref: branch }) };
  const plan = useQuery({ queryKey: ["plan", change], queryFn: ({ signal }) => server.planChange({ body: change, signal }), staleTime: 0, retry: false, placeholderData: keepPreviousData });
  const request = useMutation({
    mutationFn: ({ planHash, force }: { readonly planHash: string | undefined; readonly force: boolean }) =>
      server.requestBuild({ body: { ...change, reason, force, ...(deployTo !== "" && { deploy_to: deployTo }), ...(planHash !== undefined && { plan_hash: planHash }) }, headers: once() }),
    onError: async (error) => {
      if (!(error instanceof ApiError && error.code === "plan_stale")) return;
      // What was agreed to is no longer what would happen: the new plan stands below the error.
      await queryClient.invalidateQueries({ queryKey: ["manifest"] });
      await plan.refetch();
    },
    onSuccess: async ({ build_id: id, outcome }) => {
      // Nothing was begun: whether it is to be built all the same is asked here.
      if (outcome === "failed") return;
      forgetWishes();
      await navigate({ to: "/builds/$id", params: { id } });
    },
  });
  const planHash = plan.data?.plan_hash;
  const failed: RequestBuildResponse | undefined = request.data?.outcome === "failed" && request.variables?.planHash === planHash ? request.data : undefined;
  const blocked = plan.data?.may_be_built !== true || plan.isPlaceholderData;
  const needsApproval = environments?.environments.find(({ name }) => name === deployTo)?.protected === true;
  return (
    <Dialog
      shape="sheet"
      title={t("modules.plan.title")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button kind="primary" disabled={blocked || plan.isFetching} busy={request.isPending} onClick={() => request.mutate({ planHash, force: failed !== undefined })}>
            {failed !== undefined ? t("modules.plan.force") : deployTo === "" ? t("modules.plan.build") : t("modules.plan.buildAndDeploy", { environment: deployTo })}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {request.isError && <ErrorPanel error={request.error} />}
        {failed !== undefined && <FailedBefore answer={failed} onLook={onClose} />}
        {plan.isError && (
          <>
            <ErrorPanel error={plan.error} retry={() => void plan.refetch()} />
            {/* What cannot be planned can be chosen otherwise, or left out again. */}
            <PlanRows delta={nothing} along={[]} wishes={wishes} />
          </>
        )}
        {plan.data === undefined && !plan.isError && <Waiting lines={6} />}
        {plan.data !== undefined && (
          <div aria-busy={plan.isPlaceholderData} className={clsx("grid grid-cols-[minmax(0,1fr)] gap-6 transition-opacity", plan.isPlaceholderData && "opacity-60")}>
            <PlanDetails plan={plan.data} wishes={wishes} cascade={cascade} onCascade={setCascade} environment={deployTo} branch={branch} />
          </div>
        )}
        <section className="grid gap-4">
          <h3 className="font-semibold">{t("modules.plan.where")}</h3>
          <Select label={t("modules.plan.environment")} value={deployTo} onChange={(event) => setChosen(event.target.value)}>
            {mayDeployTo.map((name) => <option key={name} value={name}>{name}</option>)}
            <option value="">{t("modules.plan.buildOnly")}</option>
          </Select>
          {needsApproval && <p className="-mt-2 text-sm text-ink-soft">{t("modules.plan.approval", { environment: deployTo })}</p>}
          <TextField label={t("common.reason")} hint={t("common.reasonHint")} value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
        </section>
      </div>
    </Dialog>
  );
}
