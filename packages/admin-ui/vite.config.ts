import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The server that pages in development ask: `npm run dev -w packages/admin-ui`, beside a running `modyard serve`. */
const server = process.env["MODYARD_URL"] ?? "http://127.0.0.1:4600";

export default defineConfig({
  plugins: [react(), tailwind()],
  resolve: { alias: { "@modyard/client": fileURLToPath(new URL("../control-plane/src/client/index.ts", import.meta.url)) } },
  // Everything is a file of its own: the page's policy allows nothing inline.
  build: {
    outDir: "../control-plane/pages/admin",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs of libraries: it stays in the browser's cache when only our own code has changed.
            { name: "libraries", test: /[\\/]node_modules[\\/](?:react|react-dom|scheduler|use-sync-external-store|@tanstack[\\/](?:query-core|react-query|router-core|react-router|history|store|react-store)|i18next|react-i18next|zod|clsx)[\\/]/ },
            // Small things of many pages are one file: a request for each costs more than what it brings.
            { name: "shared", test: /[\\/](?:admin-ui[\\/]src|control-plane[\\/]src[\\/]client|node_modules[\\/]lucide-react)[\\/]/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: Object.fromEntries(["/admin", "/auth", "/graphql", "/healthz", "/readyz"].map((path) => [path, server])) },
});
