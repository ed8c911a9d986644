// Writes the API's description and the client that is generated from it: `node scripts/write-client.ts`, after each change of a route.
import { rmSync, writeFileSync } from "node:fs";
import { openTestApi } from "../test/support/api.ts";
import { descriptionFile, generateClient, generatedClient } from "./client-generator.ts";

const api = await openTestApi();
try {
  writeFileSync(descriptionFile, `${JSON.stringify((await api.app.inject("/openapi.json")).json(), null, 2)}\n`);
} finally {
  await api.close();
}
rmSync(generatedClient, { recursive: true, force: true });
generateClient(generatedClient);
console.log(`${descriptionFile}\n${generatedClient}`);
