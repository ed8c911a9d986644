import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { Table } from "../../components/table.tsx";

interface Module {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
}

/** The modules of a release; of one that runs, how each is by the application's own word. */
export function ModulesTable({ modules, environment }: { readonly modules: readonly Module[]; readonly environment?: string }) {
  const { t } = useTranslation();
  const { data: health } = useQuery({ ...queries.environmentHealth(environment ?? ""), enabled: environment !== undefined });
  const head = [t("environments.module"), t("environments.slug"), t("environments.version"), ...(environment === undefined ? [] : [t("environments.health")])];
  return (
    <>
      {health !== undefined && health.problems.length > 0 && <div className="grid gap-2 p-5">{health.problems.map((problem, index) => <ProblemNote key={index} problem={problem} tone="warn" />)}</div>}
      <Table caption={t("environments.modules")} head={head}>
        {modules.map(({ slug, name, version }) => (
          <tr key={slug}>
            <td className="font-medium">{name}</td>
            <td className="font-mono text-sm text-ink-soft">{slug}</td>
            <td className="font-mono text-sm">{version}</td>
            {environment !== undefined && <td><Health of={health?.modules.find((each) => each.slug === slug)} silent={health?.status === "silent"} /></td>}
          </tr>
        ))}
      </Table>
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
      {module.message !== null && <span className="text-sm text-ink-soft">{module.message}</span>}
    </span>
  );
}
