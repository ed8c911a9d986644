import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Table } from "../../components/table.tsx";

/** Which packages of the lockfile are others in a release than in another one, below the modules themselves. */
export function LockChanges({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(queries.comparison(from, to));
  if (error !== null) return <ErrorPanel error={error} />;
  if (data === undefined) return <Loading lines={2} />;
  const { commits, locked } = data;
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-soft">
        {t("environments.commits")} <span className="font-mono">{commits.from?.slice(0, 12) ?? "—"} → {commits.to?.slice(0, 12) ?? "—"}</span>
      </p>
      {locked === null && <p className="text-sm text-ink-soft">{t("environments.lockUnknown")}</p>}
      {locked?.length === 0 && <p className="text-sm text-ink-soft">{t("environments.lockSame")}</p>}
      {locked !== null && locked.length > 0 && (
        <div className="max-h-96 overflow-y-auto rounded-lg border border-line" tabIndex={0} role="region" aria-label={t("environments.locked")}>
          <Table
            caption={t("environments.locked")}
            columns={[{ name: t("environments.package"), look: "font-mono text-sm break-all" }, { name: t("environments.before"), look: "font-mono text-sm" }, { name: t("environments.after"), look: "font-mono text-sm" }]}
            rows={locked.map(({ name, from: before, to: after }) => ({
              key: name,
              cells: [name, <span key="before" className={after.length === 0 ? "text-bad" : "text-ink-soft"}>{before.join(", ") || "—"}</span>, <span key="after" className={before.length === 0 ? "text-good" : ""}>{after.join(", ") || "—"}</span>],
            }))}
          />
        </div>
      )}
    </div>
  );
}
