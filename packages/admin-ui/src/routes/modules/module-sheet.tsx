import { useQuery } from "@tanstack/react-query";
import type { GetModuleResponse } from "@modyard/client";
import type { ReactNode } from "react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Loading } from "../../components/loading.tsx";
import { partOf } from "../../components/part.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";
import type { CatalogItem } from "./catalog-item.ts";
import { Fit } from "./module-card.tsx";
import { unwish, useWishes, wish } from "./change.ts";

const Readme = partOf(async () => (await import("./readme.tsx")).Readme);

/** Everything that is known of a module, read from where it comes from, before one decides about it. */
export function ModuleSheet({ item, mayChange, onClose }: { readonly item: CatalogItem; readonly mayChange: boolean; readonly onClose: () => void }) {
  const { data: module, error, refetch } = useQuery(queries.module(item.slug));
  return (
    <Dialog shape="sheet" title={item.name} onClose={onClose} {...(mayChange && { footer: <Actions item={item} onDone={onClose} /> })}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
        {module === undefined && error === null && <Loading lines={8} />}
        {module !== undefined && (
          <>
            {module.problem !== null && <ProblemNote problem={module.problem} tone="warn" />}
            <p className="text-lg text-ink-soft">{module.description}</p>
            <div className="flex flex-wrap gap-1.5"><Fit item={item} />{module.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}</div>
            <Facts module={module} neededBy={item.neededBy} />
            {module.readme !== null && (
              <section className="border-t border-line pt-5">
                <Suspense fallback={<Loading />}><Readme text={module.readme} /></Suspense>
              </section>
            )}
          </>
        )}
      </div>
    </Dialog>
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
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Actions({ item, onDone }: { readonly item: CatalogItem; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const wished = useWishes().has(item.slug);
  const choose = (what: () => void) => () => {
    what();
    onDone();
  };
  if (wished) return <Button onClick={choose(() => unwish(item.slug))}>{t("modules.takeOut")}</Button>;
  if (item.installed === undefined) return <Button kind="primary" onClick={choose(() => wish(item.slug, "install"))}>{t("modules.install")}</Button>;
  return (
    <>
      {!item.required && <Button kind="danger" onClick={choose(() => wish(item.slug, "uninstall"))}>{t("modules.uninstall")}</Button>}
      <Button kind={item.updateAvailable ? "primary" : "secondary"} onClick={choose(() => wish(item.slug, "upgrade"))}>{t("modules.upgrade")}</Button>
    </>
  );
}
