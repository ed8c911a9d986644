import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Blocks, Link2, RefreshCw, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { dialogPart } from "../../components/dialog-part.tsx";
import { Empty } from "../../components/empty.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { Loading } from "../../components/loading.tsx";
import { Page } from "../../components/page.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";
import { Segments } from "../../components/segments.tsx";
import { catalogItems, matching } from "./catalog-item.ts";
import { ChangeBar } from "./change-bar.tsx";
import { useWishes } from "./change.ts";
import type { AddressDraft } from "./address-sheet.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { ModuleCard } from "./module-card.tsx";
import { RegistrySearch } from "./registry-search.tsx";

const AddressSheet = dialogPart(async () => (await import("./address-sheet.tsx")).AddressSheet);
const ModuleSheet = dialogPart(async () => (await import("./module-sheet.tsx")).ModuleSheet);
const PlanSheet = dialogPart(async () => (await import("./plan-sheet.tsx")).PlanSheet);
const route = getRouteApi("/signed-in/modules");
const mostChecked = 100;
const states = ["all", "installed", "available", "updates"] as const;

/** The marketplace. What is searched for stands in the address, so that it can be sent to somebody. */
export function ModulesPage() {
  const { t } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const wishes = useWishes();
  const [reviewing, setReviewing] = useState<"the change" | "as it is">();
  const [adding, setAdding] = useState<AddressDraft>();
  const catalog = useQuery(queries.catalog());
  const modules = useQuery(queries.modules());
  const choose = (next: Partial<typeof filter>): void => {
    const all = { ...filter, ...next };
    void navigate({ search: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "" && value !== "all")), replace: true });
  };
  const known = catalogItems(catalog.data?.entries ?? [], modules.data?.modules ?? []);
  // What registries know of them comes later, and in one answer for all that are shown.
  const asked = known.slice(0, mostChecked).map(({ slug }) => slug);
  const [since, setSince] = useState<string>();
  const checks = useQuery({ ...queries.moduleChecks(asked, since), placeholderData: (before) => before });
  const checking = since !== undefined && (checks.isFetching || checks.data?.complete === false);
  const items = catalogItems(catalog.data?.entries ?? [], modules.data?.modules ?? [], checks.data?.checks);
  const shown = matching(items, filter);
  const opened = items.find(({ slug }) => slug === filter.module);
  const tags = [...new Set(items.flatMap((item) => item.tags))].toSorted();
  const packages = new Map(items.flatMap(({ slug, installed, packageName }) => (installed === undefined || packageName === undefined ? [] : [[packageName, slug] as const])));
  const error = catalog.error ?? modules.error;
  return (
    <Page title={t("modules.title")} intro={t("modules.intro")} {...(may("build.request") && { actions: <Button icon={<Link2 aria-hidden className="size-4" />} onClick={() => setAdding({})}>{t("modules.byAddress")}</Button> })}>
      {reviewing === undefined && wishes.size === 0 && <FirstSteps onBegin={() => setReviewing("as it is")} />}
      <div className="mb-6 flex flex-wrap items-center gap-3">
        <Segments label={t("modules.state")} value={filter.show ?? "all"} onChoose={(show) => choose({ show })} segments={states.map((show) => ({ value: show, text: t(`modules.show.${show}`), ...(catalog.isSuccess && modules.isSuccess && { count: matching(items, { ...filter, show }).length }) }))} />
        <div className="relative min-w-40 flex-1">
          <Search aria-hidden className="absolute top-3 left-3 size-4 text-ink-faint" />
          <TextField hideLabel type="search" label={t("modules.search")} placeholder={t("modules.search")} className="pl-9" defaultValue={filter.q ?? ""} onChange={(event) => choose({ q: event.target.value })} />
        </div>
        <Select hideLabel label={t("modules.tag")} value={filter.tag ?? ""} onChange={(event) => choose({ tag: event.target.value })}>
          <option value="">{t("modules.anyTag")}</option>
          {tags.map((tag) => <option key={tag} value={tag}>{tag}</option>)}
        </Select>
        <Button kind="quiet" icon={<RefreshCw aria-hidden className={clsx("size-4", checking && "animate-breathe")} />} busy={checking} onClick={() => setSince(new Date().toISOString())}>{t("modules.checkForUpdates")}</Button>
      </div>
      <div className="mb-4 grid gap-3 empty:hidden">
        {catalog.data?.problems.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}
      </div>
      {error !== null && <ErrorPanel error={error} retry={() => void Promise.all([catalog.refetch(), modules.refetch()])} />}
      {error === null && (catalog.isPending || modules.isPending) && <Loading lines={8} />}
      {error === null && catalog.isSuccess && modules.isSuccess && shown.length === 0 && (
        <Empty icon={<Blocks className="size-5" />} title={t(items.length === 0 ? "modules.empty" : "modules.nothingFound")} {...(items.length > 0 && { action: <Button onClick={() => choose({ q: "", tag: "", show: "all" })}>{t("modules.showAll")}</Button> })}>
          {items.length === 0 && t("modules.emptyText")}
        </Empty>
      )}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-4">
        {shown.map((item) => <ModuleCard key={item.slug} item={item} mayChange={may("build.request")} onOpen={() => choose({ module: item.slug })} />)}
      </div>
      {may("build.request") && <RegistrySearch q={filter.q ?? ""} installed={packages} onLook={setAdding} />}
      <ChangeBar wishes={wishes} onReview={() => setReviewing("the change")} />
      {opened !== undefined && <ModuleSheet item={opened} mayChange={may("build.request")} onClose={() => choose({ module: "" })} />}
      {adding !== undefined && <AddressSheet draft={adding} onClose={() => setAdding(undefined)} />}
      {reviewing !== undefined && (wishes.size > 0 || reviewing === "as it is") && <PlanSheet wishes={wishes} onClose={() => setReviewing(undefined)} />}
    </Page>
  );
}
