import type { LookUpModuleResponse } from "@modyard/client";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/field.tsx";
import { ProblemNote } from "../../components/problem.tsx";
import { withoutOverrides } from "./foreign-text.ts";
import { ModuleAbout } from "./module-about.tsx";

interface Props {
  readonly found: LookUpModuleResponse;
  readonly slug: string;
  readonly onSlug: (slug: string) => void;
}

/** What is at an address: what is wrong with it, or the module as it describes itself. */
export function FoundModule({ found, slug, onSlug }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {found.problem !== null && <ProblemNote problem={found.problem} tone={found.problem.code.endsWith("_unreachable") ? "warn" : "bad"} />}
      {found.installed && <ProblemNote tone="warn" problem={{ code: "module_already_installed", message: t("modules.address.installed", { module: found.slug, version: found.installed_version ?? "" }), hint: t("modules.address.installedHint") }} />}
      {!found.described && <ProblemNote tone="warn" problem={{ code: "module_undescribed", message: t("modules.address.undescribed", { name: found.name }), hint: t("modules.address.undescribedHint") }} />}
      {found.problem === null && (
        <header className="min-w-0">
          <h3 dir="auto" className="line-clamp-2 text-lg font-semibold break-words">{withoutOverrides(found.name)}</h3>
          <p className="font-mono text-xs text-ink-faint">{found.slug} · {found.version}</p>
        </header>
      )}
      {!found.described && <TextField label={t("modules.address.slug")} hint={t("modules.address.slugHint")} value={slug} placeholder={found.slug} pattern="[a-z][a-z0-9_\-]*" onChange={(event) => onSlug(event.target.value)} autoComplete="off" spellCheck={false} className="font-mono text-sm" />}
      {found.problem === null && <ModuleAbout module={found} />}
    </>
  );
}
