import type { SearchRegistryResponse } from "@modyard/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Package } from "lucide-react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { useSettled } from "../../components/settled.ts";
import { Time } from "../../components/time.tsx";
import { Told } from "../../components/told.tsx";
import type { AddressDraft } from "./address-sheet.tsx";
import { withoutOverrides } from "./foreign-text.ts";
import { Waiting } from "./waiting.tsx";

interface Props {
  readonly q: string;
  /** Names of the packages that are installed, and the slugs of their modules. */
  readonly installed: ReadonlyMap<string, string>;
  readonly onLook: (draft: AddressDraft) => void;
}

/** A text that may be the name of a package, which no search is needed for. */
const nameLike = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/i;

/** What the registry of the host's packages has for what somebody typed, beside the catalogs. It is asked when they pause. */
export function RegistrySearch({ q, installed, onLook }: Props) {
  const { t } = useTranslation();
  const wanted = useSettled(q.trim());
  const { data, error, isFetching } = useQuery({ ...queries.registrySearch(wanted), placeholderData: keepPreviousData });
  if (wanted.length < 2) return null;
  const name = t(`modules.source.${data?.source ?? "npm"}`);
  const byName = nameLike.test(wanted) && data?.packages.every((each) => each.name !== wanted) === true;
  return (
    <section aria-label={t("modules.registry.title")} aria-busy={isFetching} className="mt-10">
      <h2 className="mb-1 text-lg font-semibold">{t("modules.registry.title")}</h2>
      <p className="mb-4 text-ink-soft">{t("modules.registry.intro")}</p>
      <div className="grid gap-4">
        {error !== null && <ErrorPanel error={error} />}
        {data === undefined && isFetching && <Waiting lines={3} />}
        {data?.problem !== null && data !== undefined && (
          <p role="status" className="first-letter:uppercase rounded-lg bg-tint px-4 py-3 text-ink-soft">
            <span className="font-medium text-ink"><Told>{`${data.problem.message}.`}</Told></span> <Told>{data.problem.hint}</Told>
          </p>
        )}
        {data?.problem === null && data.packages.length === 0 && <p className="text-ink-soft">{t("modules.registry.nothing", { registry: name, text: wanted })}</p>}
        {data !== undefined && data.packages.length > 0 && (
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
            {data.packages.map((found) => <FoundRow key={found.name} found={found} installedAs={installed.get(found.name)} onLook={() => onLook({ source: "registry", package: found.name })} />)}
          </ul>
        )}
        {byName && <div><Button small onClick={() => onLook({ source: "registry", package: wanted })}>{t("modules.registry.byName", { name: wanted })}</Button></div>}
      </div>
    </section>
  );
}

/** A found package. Its texts are somebody else's: each in its own direction, cut where they are long. */
function FoundRow({ found, installedAs, onLook }: { readonly found: SearchRegistryResponse["packages"][number]; readonly installedAs: string | undefined; readonly onLook: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <Package aria-hidden className="size-5 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium"><bdi>{found.name}</bdi> <span className="ml-1 font-mono text-xs font-normal text-ink-faint">{found.version}</span></p>
        <p dir="auto" className="line-clamp-2 text-sm break-words text-ink-soft">{withoutOverrides(found.description)}</p>
        {found.published_at !== null && <p className="text-xs text-ink-faint"><Time at={found.published_at} /></p>}
      </div>
      <span className="hidden gap-1.5 lg:flex">{found.keywords.slice(0, 3).map((each) => <Badge key={each}><bdi className="max-w-32 truncate">{each}</bdi></Badge>)}</span>
      {installedAs === undefined ? <Button small aria-label={t("modules.registry.lookAt", { name: found.name })} onClick={onLook}>{t("modules.registry.look")}</Button> : <Badge tone="good">{t("modules.registry.installedAs", { module: installedAs })}</Badge>}
    </li>
  );
}
