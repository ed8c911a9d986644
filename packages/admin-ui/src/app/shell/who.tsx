import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/me.ts";
import { goToSignIn } from "../../api/go-to-sign-in.ts";
import { signOut } from "../../api/sign-in.ts";

async function leave(): Promise<void> {
  await signOut();
  await goToSignIn();
}

/** Who is signed in, and the way out. */
export function Who() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const address = me?.name ?? "";
  const name = me?.person_name ?? address;
  return (
    <div className="flex items-center gap-3">
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent">{(name === "" ? "?" : name).slice(0, 1).toUpperCase()}</span>
      <span className="min-w-0 flex-1 text-sm leading-snug">
        <span dir="auto" className="block truncate font-medium" title={name}>{name}</span>
        {address !== name && <span className="block truncate text-ink-faint" title={address}>{address}</span>}
      </span>
      <button type="button" onClick={() => void leave()} aria-label={t("shell.signOut")} title={t("shell.signOut")} className="rounded-lg p-2 text-ink-faint hover:bg-tint hover:text-ink">
        <LogOut aria-hidden className="size-4" />
      </button>
    </div>
  );
}
