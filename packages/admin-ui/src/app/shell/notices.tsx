import { RefreshCw, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LostSince } from "../../api/live.ts";
import { useOutdated } from "../../api/outdated.ts";

/** Above every page: that what it shows may be old, or that the page itself is. */
export function Notices({ lostSince }: { readonly lostSince: LostSince }) {
  const { t, i18n } = useTranslation();
  const outdated = useOutdated();
  return (
    <div role="status">
      {lostSince !== undefined && <Notice icon={<WifiOff aria-hidden className="size-4 shrink-0" />}>{t("shell.lost", { at: momentText(lostSince, i18n.language) })}</Notice>}
      {outdated && (
        <Notice icon={<RefreshCw aria-hidden className="size-4 shrink-0" />}>
          {t("shell.outdated")} <button type="button" onClick={() => location.reload()} className="font-medium underline">{t("common.reload")}</button>
        </Notice>
      )}
    </div>
  );
}

/** With its day only when that is not today. */
function momentText(at: Date, language: string): string {
  return at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString(language) : at.toLocaleString(language);
}

function Notice({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return <p className="flex items-center gap-2 bg-warn-soft px-4 py-2 text-sm text-warn sm:px-8">{icon}<span>{children}</span></p>;
}
