import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Select, TextField } from "../../components/field.tsx";
import { ErrorPanel, ProblemNote } from "../../components/problem.tsx";
import type { CatalogItem } from "./catalog-item.ts";
import { unwish, useWishes, wish } from "./change.ts";
import { ModuleAbout } from "./module-about.tsx";
import { Waiting } from "./waiting.tsx";

/** Everything that is known of a module, read from where it comes from, before one decides about it. */
export function ModuleSheet({ item, mayChange, onClose }: { readonly item: CatalogItem; readonly mayChange: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { data: module, error, refetch } = useQuery(queries.module(item.slug));
  const [version, setVersion] = useState("");
  const [rev, setRev] = useState(item.otherRev ?? "");
  const choosable = mayChange && !item.required ? (module?.versions.slice(0, 200) ?? []).filter((each) => each !== item.installed) : [];
  return (
    <Dialog shape="sheet" title={item.name} onClose={onClose} {...(mayChange && { footer: <Actions item={item} version={version} rev={rev.trim()} onDone={onClose} /> })}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
        {module === undefined && error === null && (
          <>
            {/* What is known already stands here while its source is asked for the rest. */}
            <p dir="auto" className="text-lg break-words text-ink-soft">{item.description}</p>
            <Waiting lines={6} />
          </>
        )}
        {module !== undefined && (
          <>
            {module.problem !== null && <ProblemNote problem={module.problem} tone="warn" />}
            {choosable.length > 0 && (
              <Select label={t("modules.facts.version")} value={version} onChange={(event) => setVersion(event.target.value)} className="font-mono text-sm">
                <option value="">{t("modules.newest")}</option>
                {choosable.map((each) => <option key={each} value={each}>{each}</option>)}
              </Select>
            )}
            {mayChange && item.installed !== undefined && item.source === "git" && (
              <TextField label={t("modules.otherRev")} hint={t("modules.otherRevHint")} value={rev} placeholder={item.rev} onChange={(event) => setRev(event.target.value)} autoComplete="off" autoCapitalize="off" spellCheck={false} className="font-mono text-sm" />
            )}
            <ModuleAbout module={module} neededBy={item.neededBy} />
          </>
        )}
      </div>
    </Dialog>
  );
}

interface ActionsProps {
  readonly item: CatalogItem;
  /** What was chosen instead of the newest; empty: nothing. */
  readonly version: string;
  readonly rev: string;
  readonly onDone: () => void;
}

function Actions({ item, version, rev, onDone }: ActionsProps) {
  const { t } = useTranslation();
  const wished = useWishes().has(item.slug);
  const choose = (what: () => void) => () => {
    what();
    onDone();
  };
  const chosen = version === "" ? {} : { version };
  const upgrade = item.source === "git" ? { rev } : version === "" && item.upgradeTo !== undefined ? { version: item.upgradeTo } : chosen;
  const to = item.source === "git" ? rev : version;
  // What comes from git has no newest one: somebody has to name it.
  const nowhere = item.source === "git" && (rev === "" || rev === item.rev);
  if (wished) return <Button onClick={choose(() => unwish(item.slug))}>{t("modules.takeOut")}</Button>;
  if (item.installed === undefined) return <Button kind="primary" onClick={choose(() => wish(item.slug, "install", chosen))}>{t("modules.install")}</Button>;
  return (
    <>
      {item.source === "path" && <p className="mr-auto max-w-72 text-sm text-pretty text-ink-soft">{t("modules.ownTree")}</p>}
      {!item.required && <Button kind="danger" onClick={choose(() => wish(item.slug, "uninstall"))}>{t("modules.uninstall")}</Button>}
      {/* What is a part of the host's own tree is in every build as it is there. */}
      {item.source !== "path" && <Button kind={item.updateAvailable || to !== "" ? "primary" : "secondary"} className="max-w-full" disabled={nowhere} onClick={choose(() => wish(item.slug, "upgrade", upgrade))}>{to === "" ? t("modules.upgrade") : t("modules.changeTo", { version: to.length > 20 ? `${to.slice(0, 12)}…` : to })}</Button>}
    </>
  );
}
