import { useSyncExternalStore } from "react";

/** What somebody chose; `system` follows the operating system. Kept in the browser; public/theme.js reads it before the first paint. */
export type Theme = "light" | "dark" | "system";

const key = "modyard.theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function read(): Theme {
  const kept = localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function apply(): void {
  const theme = read();
  document.documentElement.classList.toggle("dark", theme === "dark" || (theme === "system" && prefersDark.matches));
  for (const tell of listeners) tell();
}

prefersDark.addEventListener("change", apply);

export function chooseTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  apply();
}

export function useTheme(): Theme {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, read);
}
