import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";

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

const messages = import.meta.glob<Record<string, unknown>>("../messages/*/*.json", { import: "default" });

/** Every file of a language is one namespace-like branch of its messages: `messages/en/builds.json` holds `builds.*`. */
async function load(language: Language): Promise<void> {
  if (i18n.hasResourceBundle(language, "translation")) return;
  const files = Object.entries(messages).filter(([path]) => path.includes(`/messages/${language}/`));
  const branches = await Promise.all(files.map(async ([path, read]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), await read()] as const));
  i18n.addResourceBundle(language, "translation", Object.fromEntries(branches));
}

export async function startI18n(): Promise<void> {
  const lng = preferred();
  await i18n.use(initReactI18next).init({ lng, fallbackLng: "en", resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  await Promise.all([...new Set<Language>([lng, "en"])].map(load));
  document.documentElement.lang = lng;
  await i18n.changeLanguage(lng);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  await load(language);
  document.documentElement.lang = language;
  await i18n.changeLanguage(language);
}
