import { ArrowUpCircle, Check, Lock } from "lucide-react";
import { clsx } from "clsx";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import type { CatalogItem } from "./catalog-item.ts";
import { unwish, useWishes, wish } from "./change.ts";
import { Fit } from "./fit.tsx";
import { withoutOverrides } from "./foreign-text.ts";

/** A module in the marketplace. What it offers depends on what it is and on what one may. */
export function ModuleCard({ item, mayChange, onOpen }: { readonly item: CatalogItem; readonly mayChange: boolean; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const wished = useWishes().get(item.slug);
  return (
    <article className={clsx("group relative flex flex-col rounded-xl border bg-surface p-5 shadow-card transition-[border-color,box-shadow]", wished === undefined ? "border-line hover:border-line-strong" : "border-accent ring-1 ring-accent")}>
      <div className="flex items-start gap-3">
        <span aria-hidden className={clsx("grid size-10 shrink-0 place-items-center rounded-lg text-lg font-semibold transition-colors duration-500", item.installed === undefined ? "bg-tint text-ink-faint" : "bg-accent-soft text-accent")}>{item.name.slice(0, 1).toUpperCase()}</span>
        <div className="min-w-0 flex-1">
          <div className="flex items-start gap-3">
            <h2 className="min-w-0 flex-1 truncate font-semibold">
              <button type="button" dir="auto" onClick={onOpen} className="max-w-full truncate group-hover:text-accent after:absolute after:inset-0 after:rounded-xl">{withoutOverrides(item.name)}</button>
            </h2>
            <State item={item} />
          </div>
          <p className="truncate font-mono text-xs text-ink-faint">{item.slug}{(item.installed ?? item.offered) !== undefined && ` · ${item.installed ?? item.offered}`}{item.newest !== undefined && <span className="text-warn"> → {item.newest}</span>}</p>
        </div>
      </div>
      <p dir="auto" className="mt-3 line-clamp-3 min-h-[2lh] break-words text-ink-soft">{item.description === "" ? t("modules.noDescription") : withoutOverrides(item.description)}</p>
      <div className="mt-3 flex flex-wrap gap-1.5">
        <Fit compatible={item.compatible} range={item.compatServer} installed={item.installed !== undefined} conflictsWith={item.conflictsWith} />
        {item.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
      </div>
      <div className="mt-auto flex items-center justify-between gap-3 pt-4">
        <span className="min-w-0 truncate text-sm text-ink-faint">{t(`modules.source.${item.source}`, { defaultValue: item.source })}</span>
        {mayChange && <span className="relative flex"><Action item={item} wished={wished !== undefined} /></span>}
      </div>
    </article>
  );
}

function State({ item }: { readonly item: CatalogItem }) {
  const { t } = useTranslation();
  if (item.required) return <Badge tone="neutral"><Lock aria-hidden className="size-3" />{t("modules.core")}</Badge>;
  if (item.updateAvailable) return <Badge tone="warn"><ArrowUpCircle aria-hidden className="size-3" />{t("modules.update")}</Badge>;
  if (item.installed !== undefined) return <Badge tone="good"><Check aria-hidden className="size-3" />{t("modules.installed")}</Badge>;
  return null;
}

function Action({ item, wished }: { readonly item: CatalogItem; readonly wished: boolean }) {
  const { t } = useTranslation();
  if (wished) return <Button small onClick={() => unwish(item.slug)}>{t("modules.takeOut")}</Button>;
  if (item.installed === undefined) return <Button small kind="primary" aria-label={t("modules.installNamed", { name: item.name })} onClick={() => wish(item.slug, "install")}>{t("modules.install")}</Button>;
  return (
    <span className="flex gap-2">
      {item.updateAvailable && <Button small kind="primary" aria-label={t("modules.upgradeNamed", { name: item.name })} onClick={() => wish(item.slug, "upgrade", item.upgradeTo === undefined ? {} : { version: item.upgradeTo })}>{t("modules.upgrade")}</Button>}
      {!item.required && <Button small kind="quiet" className="-mr-3" aria-label={t("modules.uninstallNamed", { name: item.name })} onClick={() => wish(item.slug, "uninstall")}>{t("modules.uninstall")}</Button>}
    </span>
  );
}
