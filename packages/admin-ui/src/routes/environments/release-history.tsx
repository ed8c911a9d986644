import type { GetEnvironmentResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Status } from "../../components/status.tsx";
import { Table } from "../../components/table.tsx";
import { Time } from "../../components/time.tsx";
import { Told } from "../../components/told.tsx";

/** What ran here, the newest first, and why one may not go back to some of it. */
export function ReleaseHistory({ environment, mayRollBack, onRollBack }: { readonly environment: GetEnvironmentResponse; readonly mayRollBack: boolean; readonly onRollBack: (release: string) => void }) {
  const { t } = useTranslation();
  return (
    <Card title={t("environments.history")} padded={false}>
      <Table
        caption={t("environments.history")}
        columns={[{ name: t("environments.release") }, { name: t("builds.status") }, { name: t("environments.modules"), end: true, look: "text-ink-soft" }, { name: t("environments.since"), look: "text-ink-soft whitespace-nowrap" }, { name: "", end: true }]}
        rows={environment.releases.map((release) => ({
          key: release.release_id,
          cells: [
            <Link key="release" to="/releases/$id" params={{ id: release.release_id }} className="font-mono text-sm hover:underline">{release.release_id}</Link>,
            <Status key="status" of={release.status} />,
            release.modules.length,
            release.deployed_at === null ? "—" : <Time key="since" at={release.deployed_at} />,
            mayRollBack && release.rollback?.allowed === true && release.status !== "active" ? (
              <Button key="back" small onClick={() => onRollBack(release.release_id)}>{t("environments.rollBackTo")}</Button>
            ) : release.rollback?.allowed === false && !["active", "pending"].includes(release.status) ? (
              <span key="why" className="text-sm text-ink-faint"><Told>{release.rollback.reasons[0]?.message ?? ""}</Told></span>
            ) : null,
          ],
        }))}
      />
    </Card>
  );
}
