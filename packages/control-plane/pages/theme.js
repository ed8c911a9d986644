// Before the first paint: the theme that was chosen on the admin page, else the system's.
const chosen = localStorage.getItem("modyard.theme");
document.documentElement.classList.toggle("dark", chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches));
