import type { ListEventsResponse } from "@modyard/client";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Time } from "../../components/time.tsx";

type Event = ListEventsResponse["events"][number];

/** One entry: the sentence first, every fact behind it. */
export function JournalRow({ event }: { readonly event: Event }) {
  const { t } = useTranslation();
  return (
    <li>
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-5 py-3 hover:bg-tint/60 lg:grid-cols-[1rem_13rem_13rem_minmax(0,1fr)_auto]">
          <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-90" />
          <span className="min-w-0"><Badge tone={toneOf(event.action)}>{event.action}</Badge></span>
          <span className="text-sm text-ink-soft lg:order-last"><Time at={event.at} /></span>
          <span className="col-span-2 col-start-2 truncate font-medium lg:col-span-1 lg:col-start-auto">{event.actor}</span>
          <span className="col-span-2 col-start-2 truncate text-ink-soft max-lg:empty:hidden lg:col-span-1 lg:col-start-auto">{event.reason}</span>
        </summary>
        <div className="grid gap-3 px-5 pb-4 pl-13">
          <p className="font-mono text-sm break-all text-ink-soft">
            #{event.id} · {event.subject_type} <Subject type={event.subject_type} id={event.subject_id} />
          </p>
          <pre tabIndex={0} aria-label={t("journal.details")} className="max-h-80 overflow-auto rounded-lg bg-sunken p-4 font-mono text-xs leading-5">{JSON.stringify(event.details, null, 2)}</pre>
        </div>
      </details>
    </li>
  );
}

function Subject({ type, id }: { readonly type: string; readonly id: string }) {
  const look = "text-accent hover:underline";
  if (type === "build") return <Link to="/builds/$id" params={{ id }} className={look}>{id}</Link>;
  if (type === "release") return <Link to="/releases/$id" params={{ id }} className={look}>{id}</Link>;
  if (type === "environment") return <Link to="/environments/$name" params={{ name: id }} className={look}>{id}</Link>;
  return <>{id}</>;
}

function toneOf(action: string): Tone {
  if (/\.(failed|cancelled|rejected|disabled|revoked|deleted)$/.test(action)) return "bad";
  if (/\.(succeeded|activated|landed|approved|joined)$/.test(action)) return "good";
  if (/taken_over|taken_back|rolled_back|retried|restarted|not_restored/.test(action)) return "warn";
  return "neutral";
}
