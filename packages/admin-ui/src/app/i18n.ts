import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";
import { loadPart } from "../api/outdated.ts";

/** The languages that there are message files for; each is loaded only when it is used. */
export const languages = { en: "English", ru: "Русский" } as const;

const i18n = createInstance();

export type Language = keyof typeof languages;

const key = "modyard.language";

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && Object.hasOwn(languages, text);
}

/** What was chosen, else the browser's first language that there is, else English. */
function preferred(): Language {
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((each) => each.split("-")[0]).find(isLanguage) ?? "en";
}

const loaders = { en: () => import("../messages/en.ts"), ru: () => import("../messages/ru.ts") } as const satisfies Readonly<Record<Language, unknown>>;

async function load(language: Language): Promise<void> {
  if (i18n.hasResourceBundle(language, "translation")) return;
  const { branches } = await loaders[language]();
  const messages = Object.entries(branches).map(([path, branch]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), branch] as const);
  i18n.addResourceBundle(language, "translation", Object.fromEntries(messages));
}

/** Loads the one language that is used: every language has every text, which tests see to. */
export async function startI18n(): Promise<void> {
  const lng = preferred();
  await i18n.use(initReactI18next).init({ lng, fallbackLng: false, resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  await load(lng);
  document.documentElement.lang = lng;
  await i18n.changeLanguage(lng);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  try {
    await loadPart(() => load(language));
  } catch {
    // Said by the frame, as for every part; what was chosen holds from the next reload.
    return;
  }
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
}
