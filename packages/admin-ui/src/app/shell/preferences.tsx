import { Monitor, Moon, Sun } from "lucide-react";
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
          <button key={theme} type="button" aria-label={t(`shell.${theme}`)} aria-pressed={chosen === theme} onClick={() => chooseTheme(theme)} className={clsx("rounded-md p-1.5", chosen === theme ? "bg-surface text-ink shadow-card" : "text-ink-faint hover:text-ink")}>
            <Icon aria-hidden className="size-4" />
          </button>
        ))}
      </div>
      <label className="text-sm">
        <span className="sr-only">{t("shell.language")}</span>
        <select value={i18n.language} onChange={(event) => void chooseLanguage(event.target.value as Language)} className="rounded-lg bg-sunken px-2 py-1.5 text-ink-soft">
          {Object.entries(languages).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
      </label>
    </div>
  );
}
