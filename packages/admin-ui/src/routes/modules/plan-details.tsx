import { useQuery } from "@tanstack/react-query";
import type { PlanChangeResponse } from "@modyard/client";
import { ArrowRight, Minus, Plus } from "lucide-react";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { durationText } from "../../components/time.tsx";
import type { Wishes } from "./change.ts";
import { TextDiff } from "./manifest-diff.tsx";

interface Props {
  readonly plan: PlanChangeResponse;
  readonly wishes: Wishes;
  readonly cascade: boolean;
  readonly onCascade: (cascade: boolean) => void;
  readonly versions: ReadonlyMap<string, string>;
  readonly onVersion: (slug: string, version: string) => void;
}

/** Everything that a plan says, the most important first. */
export function PlanDetails({ plan, wishes, cascade, onCascade, versions, onVersion }: Props) {
  const { t } = useTranslation();
  const { data: manifest } = useQuery(queries.manifest());
  const along = [...plan.along_installed, ...plan.along_uninstalled];
  const touched = new Set([...plan.delta.added, ...plan.delta.changed].map(({ slug }) => slug));
  const irreversible = plan.modules.filter((module) => touched.has(module.slug) && "migration_policy" in module && module["migration_policy"] === "irreversible").map(({ slug }) => slug);
  const wantsCascade = plan.blockers.some(({ code }) => code === "module_needed") || cascade;
  return (
    <>
      {plan.blockers.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
      {plan.warnings.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}
      {irreversible.length > 0 && <ProblemNote tone="warn" problem={{ code: "irreversible_migration", message: t("modules.plan.irreversible", { modules: irreversible.join(", ") }) }} />}
      {wantsCascade && (
        <label className="flex items-center gap-2.5">
          <input type="checkbox" className="size-4 accent-(--accent)" checked={cascade} onChange={(event) => onCascade(event.target.checked)} />
          {t("modules.plan.cascade")}
        </label>
      )}
      <section>
        <h3 className="mb-3 font-semibold">{t("modules.plan.changes")}</h3>
        <ul className="grid gap-2">
          {plan.delta.added.map(({ slug, version }) => (
            <Row key={slug} icon={<Plus aria-hidden className="size-4 text-good" />} slug={slug} along={along.includes(slug)}>
              {wishes.get(slug)?.what === "install" && wishes.get(slug)?.spec === undefined ? <VersionWish slug={slug} version={version} value={versions.get(slug) ?? ""} onVersion={onVersion} /> : version}
            </Row>
          ))}
          {plan.delta.changed.map(({ slug, from, to }) => (
            <Row key={slug} icon={<ArrowRight aria-hidden className="size-4 text-busy" />} slug={slug} along={along.includes(slug)}>
              {from === to ? from : <>{from} → {wishes.get(slug)?.what === "upgrade" ? <VersionWish slug={slug} version={to} value={versions.get(slug) ?? ""} onVersion={onVersion} /> : to}</>}
            </Row>
          ))}
          {plan.delta.removed.map(({ slug, version }) => <Row key={slug} icon={<Minus aria-hidden className="size-4 text-bad" />} slug={slug} along={along.includes(slug)}>{version}</Row>)}
        </ul>
        {plan.delta.added.length + plan.delta.changed.length + plan.delta.removed.length === 0 && <p className="text-ink-soft">{t("modules.plan.nothing")}</p>}
        {plan.expected_seconds !== null && plan.may_be_built && <p className="mt-3 text-sm text-ink-soft">{t("modules.plan.expected", { time: durationText(plan.expected_seconds * 1_000) })}</p>}
        {plan.unverified.length > 0 && <p className="mt-3 text-sm text-warn">{t("modules.plan.unverified", { modules: plan.unverified.join(", ") })}</p>}
      </section>
      {manifest !== undefined && (
        <section>
          <h3 className="mb-3 font-semibold">modules.toml</h3>
          <TextDiff before={manifest.text} after={plan.manifest_text} label={t("modules.plan.diff")} />
        </section>
      )}
    </>
  );
}

function Row({ icon, slug, along, children }: { readonly icon: ReactNode; readonly slug: string; readonly along: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <li className={clsx("flex flex-wrap items-center gap-3 rounded-lg bg-tint px-4 py-2.5")}>
      {icon}
      <span className="font-medium">{slug}</span>
      {along && <Badge tone="accent">{t("modules.plan.along")}</Badge>}
      <span className="ml-auto flex flex-wrap items-center gap-x-1.5 font-mono text-sm text-ink-soft">{children}</span>
    </li>
  );
}

/** Another version than the one that would be taken: from the list of what the registry offers, or typed where there is no list. */
function VersionWish({ slug, version, value, onVersion }: { readonly slug: string; readonly version: string; readonly value: string; readonly onVersion: Props["onVersion"] }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.module(slug));
  const label = t("modules.plan.version", { module: slug });
  const source = data?.spec["source"];
  if (data === undefined || (source !== "npm" && source !== "crates-io")) return <>{version}</>;
  if (data.versions.length === 0) return <TextField hideLabel label={label} className="h-8 w-36 font-mono text-sm" placeholder={version} defaultValue={value} onBlur={(event) => onVersion(slug, event.target.value.trim())} />;
  return (
    <Select hideLabel label={label} className="h-8 font-mono text-sm" value={value} onChange={(event) => onVersion(slug, event.target.value)}>
      <option value="">{version}</option>
      {data.versions.slice(0, 200).map((each) => <option key={each} value={each}>{each}</option>)}
    </Select>
  );
}
