import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Blocks, FileCode2, Hammer, KeyRound, ScrollText, Server, Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queries } from "../../api/queries.ts";

const places = [
  { to: "/modules", text: "nav.modules", icon: Blocks },
  { to: "/builds", text: "nav.builds", icon: Hammer },
  { to: "/environments", text: "nav.environments", icon: Server },
  { to: "/manifest", text: "nav.manifest", icon: FileCode2 },
  { to: "/journal", text: "nav.journal", icon: ScrollText },
  { to: "/access", text: "nav.access", icon: KeyRound },
  { to: "/settings", text: "nav.settings", icon: Settings, permission: "settings.read" },
] as const;

/** Where one can go: only what one may see. */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <nav aria-label={t("nav.label")} className="grid gap-0.5">
      {places
        .filter((place) => !("permission" in place) || may(place.permission))
        .map(({ to, text, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            {...(onGo !== undefined && { onClick: onGo })}
            className="flex items-center gap-3 rounded-lg px-3 py-2 font-medium text-ink-soft hover:bg-tint hover:text-ink"
            activeProps={{ className: "bg-accent-soft !text-accent", "aria-current": "page" }}
          >
            <Icon aria-hidden className="size-4.5" />
            {t(text)}
            {to === "/environments" && <Waiting />}
          </Link>
        ))}
    </nav>
  );
}

/** How many deployments wait for the approval of somebody. */
function Waiting() {
  const { t } = useTranslation();
  const { data } = useQuery(queries.environments());
  const count = (data?.environments ?? []).flatMap(({ waiting }) => waiting).length;
  if (count === 0) return null;
  return <span className="ml-auto grid h-5 min-w-5 place-items-center rounded-full bg-warn-soft px-1.5 text-xs font-semibold text-warn tabular-nums" title={t("nav.waiting", { count })}><span aria-hidden>{count}</span><span className="sr-only">{t("nav.waiting", { count })}</span></span>;
}
