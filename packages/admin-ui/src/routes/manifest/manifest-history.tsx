import type { ListManifestChangesResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../api/names.ts";
import { server } from "../../api/server.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { Time } from "../../components/time.tsx";
import { DiffLines } from "./diff-lines.tsx";
import { VersionSheet } from "./version-sheet.tsx";

type Change = ListManifestChangesResponse["changes"][number];

/** Every commit that changed the manifest, by Modyard or by hand: who, what, why, and which lines. */
export function ManifestHistory() {
  const { t } = useTranslation();
  return (
    <Card title={t("manifest.history")} padded={false}>
      <PagesList
        queryKey={["manifest", "history"]}
        read={async (cursor, signal) => {
          const { changes, next_cursor: next } = await server.listManifestChanges({ query: cursor === undefined ? {} : { cursor }, signal });
          return { items: changes, next };
        }}
        empty={<p className="p-5 text-ink-soft">{t("manifest.noHistory")}</p>}
      >
        {(changes) => <ul className="divide-y divide-line">{changes.map((change) => <ChangeRow key={change.commit} change={change} />)}</ul>}
      </PagesList>
    </Card>
  );
}

function ChangeRow({ change }: { readonly change: Change }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [opened, setOpened] = useState(false);
  const people = change.requested_by.length === 0 ? [change.author] : change.requested_by;
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer list-none items-start gap-3 px-5 py-3 hover:bg-tint/60">
          <ChevronRight aria-hidden className="mt-1 size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90" />
          <div className="min-w-0 flex-1">
            <p className="font-medium break-words">{change.title.replace(/^modules: /, "")}</p>
            <p className="text-sm break-words text-ink-soft"><span title={people.join(", ")}>{people.map(nameOf).join(", ")}</span>{change.reason !== "" && ` · ${change.reason}`}</p>
          </div>
          {change.build_id === null && <span className="hidden sm:block"><Badge>{t("manifest.byHand")}</Badge></span>}
          <span className="shrink-0 text-right text-sm text-ink-soft"><Time at={change.at} /><span className="block font-mono text-xs text-ink-faint">{change.commit.slice(0, 12)}</span></span>
        </summary>
        <div className="grid gap-3 px-5 pt-2 pb-4 sm:pl-12">
          <DiffLines lines={change.diff} label={t("manifest.lines", { commit: change.commit.slice(0, 12) })} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button small onClick={() => setOpened(true)}>{t("manifest.version")}</Button>
            {change.build_id !== null && <Link to="/builds/$id" params={{ id: change.build_id }} className="text-sm text-accent hover:underline">{t("builds.one")} {change.build_id}</Link>}
          </div>
        </div>
      </details>
      {opened && <VersionSheet commit={change.commit} onClose={() => setOpened(false)} />}
    </li>
  );
}
