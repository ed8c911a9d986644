// Before the first paint, so that a dark page never flashes white. The choice is written by src/app/theme.ts.
const chosen = localStorage.getItem("modyard.theme");
const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.classList.toggle("dark", dark);
