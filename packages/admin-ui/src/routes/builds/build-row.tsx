import type { ListBuildsResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { By } from "../../components/by.tsx";
import { DeltaText } from "../../components/delta.tsx";
import { Status } from "../../components/status.tsx";
import { durationText, Time } from "../../components/time.tsx";

type Build = ListBuildsResponse["builds"][number];

/** One build in a list: what it changes, who wanted it and why, what became of it. */
export function BuildRow({ build }: { readonly build: Build }) {
  const { t } = useTranslation();
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-0.5 px-5 py-3.5 transition-colors hover:bg-tint/60 sm:grid-cols-[minmax(0,1fr)_9rem_7.5rem]">
      <Link to="/builds/$id" params={{ id: build.id }} className="min-w-0 font-medium after:absolute after:inset-0">
        {build.verifies === null ? <DeltaText delta={build.modules_delta} /> : t("builds.verification")}
      </Link>
      <div className="sm:col-start-3 sm:row-span-2 sm:row-start-1"><Status of={build.status} /></div>
      <p className="col-span-2 line-clamp-2 text-sm break-words text-ink-soft sm:col-span-1 sm:line-clamp-1">
        <By who={build.requested_by} />{build.reason !== "" && ` · ${build.reason}`}
      </p>
      <p className="col-span-2 text-sm text-ink-soft tabular-nums sm:col-span-1 sm:col-start-2 sm:row-span-2 sm:row-start-1 sm:text-right">
        <Time at={build.created_at} />
        <span className="sm:hidden"> · </span>
        <span className="sm:block">{build.started_at !== null && build.finished_at !== null ? durationText(Date.parse(build.finished_at) - Date.parse(build.started_at)) : build.deploy_to}</span>
      </p>
    </li>
  );
}
