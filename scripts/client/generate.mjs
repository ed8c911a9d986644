// Writes the client from a description: node generate.mjs OPENAPI.json DIRECTORY
import { createClient } from "@hey-api/openapi-ts";

const [input, path] = process.argv.slice(2);
// What is generated is not written with our compiler's strictest flags; its types are checked where they are used.
const header = ["// Generated from Modyard's OpenAPI description by `node scripts/write-client.ts`. Do not edit.", "// @ts-nocheck"];
await createClient({
  input,
  logs: { level: "error", file: false },
  output: { path, header, module: { extension: ".ts" } },
  plugins: [
    { name: "@hey-api/client-fetch", throwOnError: true },
    // The page loads these checks before anything else: written for zod/mini they are half as large.
    { name: "zod", compatibilityVersion: "mini" },
    { name: "@hey-api/sdk", validator: { response: true }, responseStyle: "data", operations: { strategy: "single", containerName: "ModyardApi" } },
  ],
});
