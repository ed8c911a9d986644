import { ChevronDown, Monitor, Moon, Sun } from "lucide-react";
import { clsx } from "clsx";
import { useTranslation } from "react-i18next";
import { chooseLanguage, languages, type Language } from "../i18n.ts";
import { chooseTheme, useTheme, type Theme } from "../theme.ts";

const themes = [["light", Sun], ["dark", Moon], ["system", Monitor]] as const satisfies readonly (readonly [Theme, unknown])[];

/** Language and theme: kept in the browser, nobody else's business. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const chosen = useTheme();
  return (
    <div className="flex items-center justify-between gap-2">
      <div role="group" aria-label={t("shell.theme")} className="flex rounded-lg bg-sunken p-0.5">
        {themes.map(([theme, Icon]) => (
          <button key={theme} type="button" aria-label={t(`shell.${theme}`)} aria-pressed={chosen === theme} onClick={() => chooseTheme(theme)} className={clsx("rounded-md p-1.5", chosen === theme ? "bg-raised text-ink shadow-card" : "text-ink-faint hover:text-ink")}>
            <Icon aria-hidden className="size-4" />
          </button>
        ))}
      </div>
      <label className="relative text-sm">
        <span className="sr-only">{t("shell.language")}</span>
        <select value={i18n.language} onChange={(event) => void chooseLanguage(event.target.value as Language)} className="appearance-none rounded-lg bg-sunken py-1.5 pr-7 pl-2.5 text-ink-soft">
          {Object.entries(languages).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-faint" />
      </label>
    </div>
  );
}
