import type { PlanChangeResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Minus, Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { unwish, wishOther, type Wish, type Wishes } from "./change.ts";

type Delta = PlanChangeResponse["delta"];

const icons: Readonly<Record<Wish, ReactNode>> = {
  install: <Plus aria-hidden className="size-4 text-good" />,
  upgrade: <ArrowRight aria-hidden className="size-4 text-busy" />,
  uninstall: <Minus aria-hidden className="size-4 text-bad" />,
};

interface Line {
  readonly slug: string;
  readonly what: Wish;
  readonly from?: string;
  readonly to?: string;
}

/** What was wished for first, as far as the plan knows what becomes of it, then what comes along. */
function linesOf(delta: Delta, wishes: Wishes): readonly Line[] {
  const planned: readonly Line[] = [
    ...delta.added.map(({ slug, version }) => ({ slug, what: "install", to: version }) as const),
    ...delta.changed.map(({ slug, from, to }) => ({ slug, what: "upgrade", from, to }) as const),
    ...delta.removed.map(({ slug, version }) => ({ slug, what: "uninstall", from: version }) as const),
  ];
  const wished = [...wishes].map(([slug, { what }]) => planned.find((line) => line.slug === slug) ?? { slug, what });
  return [...wished, ...planned.filter(({ slug }) => !wishes.has(slug))];
}

/** A line for each module of the change; what somebody wished for can be had in another version, or left out again. */
export function PlanRows({ delta, along, wishes }: { readonly delta: Delta; readonly along: readonly string[]; readonly wishes: Wishes }) {
  const { t } = useTranslation();
  return (
    <ul className="grid gap-2">
      {linesOf(delta, wishes).map(({ slug, what, from, to }) => {
        const wished = wishes.get(slug);
        const choosable = wished !== undefined && wished.what !== "uninstall" && wished.spec === undefined;
        return (
          <li key={slug} className="flex flex-wrap items-center gap-3 rounded-lg bg-tint px-4 py-2.5">
            {icons[what]}
            <span className="min-w-0 font-medium break-words">{slug}</span>
            {along.includes(slug) && <Badge tone="accent">{t("modules.plan.along")}</Badge>}
            <span className="ml-auto flex flex-wrap items-center gap-x-1.5 font-mono text-sm text-ink-soft">
              {from}
              {from !== undefined && to !== undefined && from !== to && " → "}
              {choosable ? <OtherWish slug={slug} planned={to} from={from} version={wished.version ?? ""} rev={wished.what === "upgrade" ? (wished.rev ?? "") : undefined} /> : to !== from && to}
              {wished !== undefined && (
                <button type="button" aria-label={t("modules.wayOut.leaveOut", { module: slug })} title={t("modules.wayOut.leaveOut", { module: slug })} onClick={() => unwish(slug)} className="-mr-2 ml-1 rounded-lg p-1.5 text-ink-faint hover:bg-line hover:text-ink">
                  <X aria-hidden className="size-4" />
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface OtherProps {
  readonly slug: string;
  readonly from: string | undefined;
  readonly planned: string | undefined;
  readonly version: string;
  /** Undefined where no revision can be chosen. */
  readonly rev: string | undefined;
}

/** Another version or revision than the one that would be taken: from the list of what the registry offers, or typed where there is no list. */
function OtherWish({ slug, from, planned, version, rev }: OtherProps) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.module(slug));
  const label = t("modules.plan.version", { module: slug });
  const source = data?.spec["source"];
  const different = planned === from ? undefined : planned;
  if (source === "git" && rev !== undefined) {
    return (
      <>
        {different}
        <TextField hideLabel label={t("modules.plan.rev", { module: slug })} className="!h-8 w-44 font-mono text-sm" placeholder={t("modules.address.rev")} defaultValue={rev} onBlur={(event) => wishOther(slug, "rev", event.target.value.trim())} />
      </>
    );
  }
  if (data === undefined || (source !== "npm" && source !== "crates-io")) return different;
  if (data.versions.length === 0) return <TextField hideLabel label={label} className="!h-8 w-36 font-mono text-sm" placeholder={planned} defaultValue={version} onBlur={(event) => wishOther(slug, "version", event.target.value.trim())} />;
  return (
    <Select hideLabel label={label} className="!h-8 font-mono text-sm" value={version} onChange={(event) => wishOther(slug, "version", event.target.value)}>
      <option value="">{version === "" ? (planned ?? t("modules.newest")) : t("modules.newest")}</option>
      {version !== "" && !data.versions.includes(version) && <option value={version}>{planned ?? version}</option>}
      {data.versions.slice(0, 200).map((each) => <option key={each} value={each}>{each}</option>)}
    </Select>
  );
}
