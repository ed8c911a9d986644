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
  build: { outDir: "../control-plane/pages/admin", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: "es2022", reportCompressedSize: true },
  server: { proxy: Object.fromEntries(["/admin", "/auth", "/graphql", "/healthz", "/readyz"].map((path) => [path, server])) },
});
