import type { GetEnvironmentResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Status } from "../../components/status.tsx";
import { Table } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";

/** What ran here, the newest first, and why one may not go back to some of it. */
export function ReleaseHistory({ environment, mayRollBack, onRollBack }: { readonly environment: GetEnvironmentResponse; readonly mayRollBack: boolean; readonly onRollBack: (release: string) => void }) {
  const { t } = useTranslation();
  return (
    <Card title={t("environments.history")} padded={false}>
      <Table caption={t("environments.history")} head={[t("environments.release"), t("builds.status"), t("environments.modules"), t("environments.since"), ""]}>
        {environment.releases.map((release) => (
          <tr key={release.release_id}>
            <td><Link to="/releases/$id" params={{ id: release.release_id }} className="font-mono text-sm hover:underline">{release.release_id}</Link></td>
            <td><Status of={release.status} /></td>
            <td className="text-ink-soft">{release.modules.length}</td>
            <td className="text-ink-soft">{release.deployed_at === null ? "—" : <Time at={release.deployed_at} />}</td>
            <td className="text-right">
              {mayRollBack && release.rollback?.allowed === true && release.status !== "active" && <Button small onClick={() => onRollBack(release.release_id)}>{t("environments.rollBackTo")}</Button>}
              {release.rollback?.allowed === false && !["active", "pending"].includes(release.status) && <span className="text-sm text-ink-faint">{release.rollback.reasons[0]?.message}</span>}
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
