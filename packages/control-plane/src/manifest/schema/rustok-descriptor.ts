import { z } from "zod";
import { entryTypeText } from "./descriptor.ts";
import { rangeText, SLUG, slugText, versionText } from "./values.ts";

/** RusToK writes an empty text where it has nothing to say. */
const orEmpty = <T extends z.ZodType>(schema: T) => z.union([schema, z.literal("")]);

const settingSchema = z.looseObject({
  type: z.string(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  required: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  options: z.array(z.unknown()).optional(),
});

/** `rustok-module.toml`, as far as Modyard reads it. What else stands there is RusToK's own business. */
export const rustokDescriptorSchema = z.looseObject({
  module: z.looseObject({
    slug: slugText,
    name: z.string().optional(),
    description: z.string().optional(),
    version: versionText,
    rustok_min_version: orEmpty(versionText).optional(),
    rustok_max_version: orEmpty(versionText).optional(),
  }),
  dependencies: z.record(z.string(), z.looseObject({ version_req: orEmpty(rangeText).optional() })).optional().meta({ propertyNames: { pattern: SLUG.source } }),
  conflicts: z.looseObject({ modules: z.array(slugText).optional() }).optional(),
  crate: z.looseObject({ entry_type: orEmpty(entryTypeText).optional() }).optional(),
  settings: z.record(z.string(), settingSchema).optional(),
});

export type WrittenRustokDescriptor = z.output<typeof rustokDescriptorSchema>;
export type WrittenRustokSetting = z.output<typeof settingSchema>;
