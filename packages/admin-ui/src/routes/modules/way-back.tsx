import type { PlanChangeResponse } from "@modyard/client";
import { useTranslation } from "react-i18next";

const policies = ["expand", "contract", "irreversible"] as const;
type Policy = (typeof policies)[number];

function isPolicy(value: unknown): value is Policy {
  return policies.some((each) => each === value);
}

/** What the change does to data, module by module, and whether there is a way back from it. The server's warnings say the rest. */
export function WayBack({ plan, environment }: { readonly plan: PlanChangeResponse; readonly environment: string }) {
  const { t } = useTranslation();
  const touched = new Set([...plan.delta.added, ...plan.delta.changed].map(({ slug }) => slug));
  const migrating = plan.modules.flatMap(({ slug, migration_policy: policy }) => (touched.has(slug) && isPolicy(policy) && !plan.unverified.includes(slug) ? [{ slug, policy }] : []));
  const irreversible = migrating.filter(({ policy }) => policy === "irreversible").map(({ slug }) => slug);
  const unread = plan.unverified.filter((slug) => touched.has(slug));
  const verdict = irreversible.length > 0 ? t("modules.plan.noWayBack", { modules: irreversible.join(", ") }) : unread.length > 0 ? t("modules.plan.wayBackUnknown", { modules: unread.join(", ") }) : t(environment === "" ? "modules.plan.wayBack" : "modules.plan.wayBackIn", { environment });
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("modules.plan.back")}</h3>
      <p className={irreversible.length > 0 ? "text-warn" : "text-ink-soft"}>{verdict}</p>
      {migrating.length > 0 && (
        <ul className="mt-2 grid gap-1 text-sm text-ink-soft">
          {migrating.map(({ slug, policy }) => <li key={slug}><span className="font-medium text-ink">{slug}</span> · {t(`modules.migrations.${policy}`)}</li>)}
        </ul>
      )}
    </section>
  );
}
