import type { GetModuleResponse } from "@modyard/client";
import { Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";
import { Loading } from "../../components/loading.tsx";
import { partOf } from "../../components/part.tsx";
import { Fit } from "./fit.tsx";
import { withoutOverrides } from "./foreign-text.ts";

const Readme = partOf(async () => (await import("./readme.tsx")).Readme);

/** What a module says of itself, and what of that concerns this host. It is somebody else's text: in its own direction, never markup. */
export function ModuleAbout({ module, neededBy = [] }: { readonly module: GetModuleResponse; readonly neededBy?: readonly string[] }) {
  return (
    <>
      {module.description !== "" && <p dir="auto" className="line-clamp-6 text-lg break-words text-ink-soft">{withoutOverrides(module.description)}</p>}
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        <Fit compatible={module.compatible} range={module.compat_server} installed={module.installed} conflictsWith={module.conflicts_with} />
        {module.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
      </div>
      <Facts module={module} neededBy={neededBy} />
      {module.readme !== null && (
        <section className="min-w-0 border-t border-line pt-5">
          <Suspense fallback={<Loading />}><Readme text={module.readme} /></Suspense>
        </section>
      )}
    </>
  );
}

const ranges = (table: Readonly<Record<string, string>>): string => Object.entries(table).map(([slug, range]) => `${slug} ${range}`).join(", ");

function Facts({ module, neededBy }: { readonly module: GetModuleResponse; readonly neededBy: readonly string[] }) {
  const { t } = useTranslation();
  const source = Object.entries(module.spec).filter(([key]) => ["package", "crate", "git", "rev", "path"].includes(key)).map(([, value]) => String(value)).join(" · ");
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("modules.facts.installed"), module.installed_version],
    [t("modules.facts.version"), module.version],
    [t("modules.facts.versions"), module.versions.slice(0, 8).join(", ")],
    [t("modules.facts.source"), source],
    [t("modules.facts.needs"), ranges(module.dependencies)],
    [t("modules.facts.neededBy"), neededBy.join(", ")],
    [t("modules.facts.conflicts"), ranges(module.conflicts)],
    [t("modules.facts.compat"), module.compat_server],
    [t("modules.facts.migrations"), module.migration_policy === null ? null : t(`modules.migrations.${module.migration_policy}`)],
    [t("modules.facts.settings"), module.settings.map(({ key }) => key).join(", ")],
    [t("modules.facts.licence"), module.licence],
    [t("modules.facts.homepage"), module.homepage !== null && /^https?:\/\//.test(module.homepage) ? <a href={module.homepage} target="_blank" rel="noreferrer" className="text-accent hover:underline">{module.homepage}</a> : null],
  ];
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2">
      {facts.filter(([, value]) => value !== null && value !== "").map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-faint">{name}</dt>
          <dd dir="auto" className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
