import { z } from "zod";
import { catalogSchema } from "./schema/catalog.ts";
import { descriptorSchema } from "./schema/descriptor.ts";
import { hostSchema } from "./schema/host.ts";
import { manifestSchema } from "./schema/manifest.ts";

/** A published JSON Schema, for editors: its file name and its whole text. */
export interface PublishedSchema {
  readonly name: string;
  readonly text: string;
}

const SCHEMAS: readonly (readonly [string, z.ZodType])[] = [
  ["modules.schema.json", manifestSchema],
  ["modyard.schema.json", hostSchema],
  ["marketplace.schema.json", catalogSchema],
  ["module.schema.json", descriptorSchema],
];

/** The JSON Schemas (draft 2020-12) of the four TOML files, made from the validators themselves. */
export function publishedSchemas(): readonly PublishedSchema[] {
  return SCHEMAS.map(([name, schema]) => ({ name, text: `${JSON.stringify(toJsonSchema(schema), null, 2)}\n` }));
}

function toJsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // A date of TOML's own: in JSON only its text can be said.
      if (zodSchema instanceof z.ZodSymbol) jsonSchema.type = "string";
    },
  });
}
