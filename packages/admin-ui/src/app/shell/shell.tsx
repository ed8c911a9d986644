import { Link, Outlet } from "@tanstack/react-router";
import { Menu, X } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../api/live.ts";
import { meQuery } from "../../api/me.ts";
import { Navigation } from "./navigation.tsx";
import { Notices } from "./notices.tsx";
import { NoRole } from "./no-role.tsx";
import { Preferences } from "./preferences.tsx";
import { Who } from "./who.tsx";

/** What who is signed in gets: the pages, or word that somebody has to give them a role first. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  return me?.grants.length === 0 ? <NoRole /> : <Frame />;
}

/** The frame of every page: on a wide screen the places are at the side, on a phone behind a button. */
function Frame() {
  const { t } = useTranslation();
  const lostSince = useLive();
  const [open, setOpen] = useState(false);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[16rem_1fr]">
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-4 focus:py-2">{t("shell.skip")}</a>
      <header className="flex items-center justify-between border-b border-line bg-surface px-4 py-3 lg:hidden">
        <Brand />
        <button type="button" aria-expanded={open} aria-controls="side" aria-label={t("shell.menu")} onClick={() => setOpen(!open)} className="rounded-lg p-2 hover:bg-tint">
          {open ? <X aria-hidden className="size-5" /> : <Menu aria-hidden className="size-5" />}
        </button>
      </header>
      <aside id="side" className={clsx("flex-col gap-6 border-line bg-surface p-4 lg:sticky lg:top-0 lg:flex lg:h-dvh lg:border-r", open ? "flex border-b" : "hidden")}>
        <div className="hidden px-3 pt-1 lg:block"><Brand /></div>
        <Navigation onGo={() => setOpen(false)} />
        <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-4 border-t border-line pt-4">
          <Preferences />
          <Who />
        </div>
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <Notices lostSince={lostSince} />
        <Outlet />
      </main>
    </div>
  );
}

function Brand() {
  return (
    <Link to="/modules" className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
      <img src="/icon.svg" alt="" className="size-7" />
      Modyard
    </Link>
  );
}
