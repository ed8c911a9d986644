import type { ListEnvironmentsResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Visit } from "../../components/visit.tsx";
import { observedStatus } from "./observed.ts";

type Environment = ListEnvironmentsResponse["environments"][number];

/** An environment at a glance: what runs, since when, whether something is under way. */
export function EnvironmentCard({ environment }: { readonly environment: Environment }) {
  const { t } = useTranslation();
  const { name, active_release: release, deployment } = environment;
  const running = observedStatus(environment);
  return (
    <article className="relative grid grid-rows-[auto_1fr_auto] gap-4 rounded-xl border border-line bg-surface p-5 shadow-card hover:border-line-strong">
      <header className="flex items-center gap-3">
        <h2 className="text-lg font-semibold"><Link to="/environments/$name" params={{ name }} className="after:absolute after:inset-0">{name}</Link></h2>
        {environment.protected && <Badge tone="accent"><ShieldCheck aria-hidden className="size-3" />{t("environments.protected")}</Badge>}
        <span className="ml-auto"><Badge tone={running.tone} dot>{t(`environments.observed.${running.name}`)}</Badge></span>
      </header>
      {release === null ? (
        <p className="text-ink-soft">{t("environments.nothing")}</p>
      ) : (
        <div>
          <p className="font-mono text-sm">{release.release_id}</p>
          <p className="text-sm text-ink-soft">
            {t("environments.moduleCount", { count: release.modules.length })}
            {release.deployed_at !== null && <> · <Time at={release.deployed_at} /></>}
          </p>
        </div>
      )}
      <footer className="flex items-center justify-between gap-3 text-sm">
        {environment.url === null ? <span /> : <Visit url={environment.url} />}
        {deployment !== null && ["queued", "running"].includes(deployment.status) ? <Status of={deployment.status} /> : environment.waiting.length > 0 && <Status of="waiting_approval" />}
      </footer>
    </article>
  );
}
