import type { SearchRegistryResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { Package } from "lucide-react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { useSettled } from "../../components/settled.ts";
import { Time } from "../../components/time.tsx";
import type { AddressDraft } from "./address-dialog.tsx";

/** What the registry of the host's packages has for what somebody typed, beside the catalogs. It is asked when they pause. */
export function RegistrySearch({ q, onAdd }: { readonly q: string; readonly onAdd: (draft: Partial<AddressDraft>) => void }) {
  const { t } = useTranslation();
  const wanted = useSettled(q.trim());
  const { data, error, isFetching } = useQuery(queries.registrySearch(wanted));
  if (wanted.length < 2) return null;
  const name = t(`modules.source.${data?.source ?? "npm"}`);
  return (
    <section aria-label={t("modules.registry.title")} className="mt-10">
      <h2 className="mb-1 text-lg font-semibold">{t("modules.registry.title")}</h2>
      <p className="mb-4 text-ink-soft">{t("modules.registry.intro")}</p>
      {error !== null && <ErrorPanel error={error} />}
      {data === undefined && isFetching && <Loading lines={3} />}
      {data?.problem !== null && data !== undefined && (
        <p role="status" className="first-letter:uppercase rounded-lg bg-tint px-4 py-3 text-ink-soft">
          <span className="font-medium text-ink">{data.problem.message}.</span> {data.problem.hint}
        </p>
      )}
      {data?.problem === null && data.packages.length === 0 && <p className="text-ink-soft">{t("modules.registry.nothing", { registry: name, text: wanted })}</p>}
      {data !== undefined && data.packages.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
          {data.packages.map((found) => <FoundRow key={found.name} found={found} onAdd={() => onAdd(draftOf(found, data.source))} />)}
        </ul>
      )}
    </section>
  );
}

function FoundRow({ found, onAdd }: { readonly found: SearchRegistryResponse["packages"][number]; readonly onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <Package aria-hidden className="size-5 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium">{found.name} <span className="ml-1 font-mono text-xs font-normal text-ink-faint">{found.version}</span></p>
        <p className="line-clamp-2 text-sm text-ink-soft">{found.description}{found.published_at !== null && <> · <Time at={found.published_at} /></>}</p>
      </div>
      <span className="hidden gap-1.5 lg:flex">{found.keywords.slice(0, 3).map((each) => <Badge key={each}>{each}</Badge>)}</span>
      <Button small aria-label={t("modules.installNamed", { name: found.name })} onClick={onAdd}>{t("modules.install")}…</Button>
    </li>
  );
}

/** A package's name says mostly how its module is called: `@acme/module-forum` and `rustok-forum` are probably `forum`. */
function draftOf({ name, version }: { readonly name: string; readonly version: string }, source: "npm" | "crates-io"): AddressDraft {
  const slug = name.replace(/^@[^/]*\//, "").replace(/^(module|modyard|rustok|plugin)-/, "").replaceAll(/[^a-z0-9-]+/gi, "-").toLowerCase();
  return { source, package: name, version: `^${version}`, slug };
}
