// Writes the JSON Schemas of the four TOML files: `node scripts/write-schemas.ts`, after each change of a validator.
import { mkdir, writeFile } from "node:fs/promises";
import { publishedSchemas } from "../packages/control-plane/src/manifest/json-schemas.ts";

const directory = new URL("../packages/control-plane/schemas/", import.meta.url);

await mkdir(directory, { recursive: true });
for (const { name, text } of publishedSchemas()) {
  await writeFile(new URL(name, directory), text);
  console.log(`packages/control-plane/schemas/${name}`);
}
