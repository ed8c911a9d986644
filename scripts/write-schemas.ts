// Writes the JSON Schemas of the four TOML files and of events, the GraphQL schema, and the table of permissions in the guide: `node scripts/write-schemas.ts`, after each change of a validator or of a field.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { printedSchema } from "../packages/control-plane/src/api/graphql/schema.ts";
import { publishedEventSchema } from "../packages/control-plane/src/api/views/event.ts";
import { publishedSchemas } from "../packages/control-plane/src/manifest/json-schemas.ts";
import { withPermissionTable } from "./access/permission-table.ts";

const directory = new URL("../packages/control-plane/schemas/", import.meta.url);

await mkdir(directory, { recursive: true });
for (const { name, text } of [...publishedSchemas(), publishedEventSchema(), { name: "schema.graphql", text: printedSchema() }]) {
  await writeFile(new URL(name, directory), text);
  console.log(`packages/control-plane/schemas/${name}`);
}

const guide = new URL("../docs/guides/access.md", import.meta.url);
await writeFile(guide, withPermissionTable(await readFile(guide, "utf8")));
console.log("docs/guides/access.md");
