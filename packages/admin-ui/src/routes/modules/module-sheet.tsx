import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Select } from "../../components/field.tsx";
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
  const choosable = mayChange && !item.required ? (module?.versions.slice(0, 200) ?? []).filter((each) => each !== item.installed) : [];
  return (
    <Dialog shape="sheet" title={item.name} onClose={onClose} {...(mayChange && { footer: <Actions item={item} version={version} onDone={onClose} /> })}>
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
            <ModuleAbout module={module} neededBy={item.neededBy} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Actions({ item, version, onDone }: { readonly item: CatalogItem; readonly version: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const wished = useWishes().has(item.slug);
  const choose = (what: () => void) => () => {
    what();
    onDone();
  };
  const chosen = version === "" ? {} : { version };
  const upgrade = version === "" && item.upgradeTo !== undefined ? { version: item.upgradeTo } : chosen;
  if (wished) return <Button onClick={choose(() => unwish(item.slug))}>{t("modules.takeOut")}</Button>;
  if (item.installed === undefined) return <Button kind="primary" onClick={choose(() => wish(item.slug, "install", chosen))}>{t("modules.install")}</Button>;
  return (
    <>
      {!item.required && <Button kind="danger" onClick={choose(() => wish(item.slug, "uninstall"))}>{t("modules.uninstall")}</Button>}
      <Button kind={item.updateAvailable || version !== "" ? "primary" : "secondary"} onClick={choose(() => wish(item.slug, "upgrade", upgrade))}>{version === "" ? t("modules.upgrade") : t("modules.changeTo", { version })}</Button>
    </>
  );
}
