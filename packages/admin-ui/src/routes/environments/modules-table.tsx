import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { Table } from "../../components/table.tsx";
import { Told } from "../../components/told.tsx";

interface Module {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
}

/** The modules of a release; of one that runs, how each is by the application's own word. */
export function ModulesTable({ modules, environment }: { readonly modules: readonly Module[]; readonly environment?: string }) {
  const { t } = useTranslation();
  const { data: health } = useQuery({ ...queries.environmentHealth(environment ?? ""), enabled: environment !== undefined });
  const columns = [{ name: t("environments.module"), look: "font-medium" }, { name: t("environments.slug"), look: "max-sm:hidden font-mono text-sm text-ink-soft" }, { name: t("environments.version"), look: "font-mono text-sm" }, ...(environment === undefined ? [] : [{ name: t("environments.health") }])];
  return (
    <>
      {health !== undefined && health.problems.length > 0 && <div className="grid gap-2 p-5">{health.problems.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}</div>}
      <Table
        caption={t("environments.modules")}
        columns={columns}
        rows={modules.map(({ slug, name, version }) => ({
          key: slug,
          cells: [name, slug, version, ...(environment === undefined ? [] : [<Health key="health" of={health?.modules.find((each) => each.slug === slug)} silent={health?.status === "silent"} />])],
        }))}
      />
    </>
  );
}

const tones: Readonly<Record<string, Tone>> = { ok: "good", unwell: "bad" };

function Health({ of: module, silent }: { readonly of: { readonly status: string; readonly message: string | null } | undefined; readonly silent: boolean }) {
  const { t } = useTranslation();
  if (module === undefined) return <span className="text-ink-faint">{silent ? t("environments.silent") : "…"}</span>;
  return (
    <span className="flex items-center gap-2">
      <Badge tone={tones[module.status] ?? "neutral"} dot>{t(`environments.moduleHealth.${module.status}`)}</Badge>
      {module.message !== null && <span className="text-sm text-ink-soft"><Told>{module.message}</Told></span>}
    </span>
  );
}
