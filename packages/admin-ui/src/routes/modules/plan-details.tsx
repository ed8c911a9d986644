import type { PlanChangeResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { ProblemNote } from "../../components/problem.tsx";
import { durationText } from "../../components/time.tsx";
import type { Wishes } from "./change.ts";
import { TextDiff } from "./manifest-diff.tsx";
import { PlanRows } from "./plan-rows.tsx";
import { WayBack } from "./way-back.tsx";
import { WaysOut } from "./ways-out.tsx";

interface Props {
  readonly plan: PlanChangeResponse;
  readonly wishes: Wishes;
  readonly cascade: boolean;
  readonly onCascade: (cascade: boolean) => void;
  /** Where it is to be deployed; empty: nowhere yet. */
  readonly environment: string;
  /** Undefined: the one that the server goes by. */
  readonly branch: string | undefined;
}

/** Everything that a plan says, the most important first. */
export function PlanDetails({ plan, wishes, cascade, onCascade, environment, branch }: Props) {
  const { t } = useTranslation();
  const { data: manifest } = useQuery(queries.manifest(branch));
  const changes = plan.delta.added.length + plan.delta.changed.length + plan.delta.removed.length;
  return (
    <>
      {plan.blockers.map((problem, index) => (
        <ProblemNote key={index} problem={problem}>
          <WaysOut blocker={problem} wishes={wishes} onTakeAlong={() => onCascade(true)} />
        </ProblemNote>
      ))}
      {plan.warnings.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}
      {cascade && (
        <label className="flex items-center gap-2.5">
          <input type="checkbox" className="size-4 accent-(--accent)" checked onChange={() => onCascade(false)} />
          {t("modules.plan.cascade")}
        </label>
      )}
      <section>
        <h3 className="mb-3 font-semibold">{t("modules.plan.changes")}</h3>
        <PlanRows delta={plan.delta} along={[...plan.along_installed, ...plan.along_uninstalled]} wishes={wishes} />
        {changes === 0 && plan.may_be_built && <p className="mt-3 text-ink-soft">{wishes.size === 0 ? t("modules.plan.asItIs", { modules: plan.modules.map(({ name }) => name).join(", ") }) : t("modules.plan.nothing")}</p>}
        {plan.expected_seconds !== null && plan.may_be_built && <p className="mt-3 text-sm text-ink-soft">{t("modules.plan.expected", { time: durationText(plan.expected_seconds * 1_000) })}</p>}
        {plan.unverified.length > 0 && <p className="mt-3 text-sm text-warn">{t("modules.plan.unverified", { modules: plan.unverified.join(", ") })}</p>}
      </section>
      {changes > 0 && plan.may_be_built && <WayBack plan={plan} environment={environment} />}
      {manifest !== undefined && changes > 0 && (
        <section>
          <h3 className="mb-3 font-semibold">modules.toml</h3>
          <TextDiff before={manifest.text} after={plan.manifest_text} label={t("modules.plan.diff")} />
        </section>
      )}
    </>
  );
}
