import type { ListBuildsResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DeltaText } from "../../components/delta.tsx";
import { Status } from "../../components/status.tsx";
import { durationText, Time } from "../../components/time.tsx";

type Build = ListBuildsResponse["builds"][number];

/** One build in a list: what it changes, who wanted it and why, what became of it. */
export function BuildRow({ build }: { readonly build: Build }) {
  const { t } = useTranslation();
  return (
    <li className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-5 py-3.5 hover:bg-sunken/60">
      <div className="min-w-0 flex-1 basis-64">
        <Link to="/builds/$id" params={{ id: build.id }} className="font-medium after:absolute after:inset-0">
          <DeltaText delta={build.modules_delta} />
        </Link>
        <p className="mt-0.5 truncate text-sm text-ink-soft">
          {t("common.by", { name: build.requested_by })}{build.reason !== "" && ` · ${build.reason}`}
        </p>
      </div>
      <div className="text-right text-sm text-ink-soft">
        <Time at={build.created_at} />
        <p>{build.started_at !== null && build.finished_at !== null ? durationText(Date.parse(build.finished_at) - Date.parse(build.started_at)) : build.deploy_to}</p>
      </div>
      <div className="w-32 text-right"><Status of={build.status} /></div>
    </li>
  );
}
