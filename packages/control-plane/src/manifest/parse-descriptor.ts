import type { Result } from "../errors/problem.ts";
import { reportOn } from "./check/report.ts";
import { checkSettings } from "./check/settings.ts";
import { checkShape } from "./check/shape.ts";
import { checkSlug, isTable } from "./check/spec.ts";
import type { Descriptor, SettingDescriptor } from "./descriptor.ts";
import { descriptorSchema, type WrittenDescriptor, type WrittenSetting } from "./schema/descriptor.ts";
import { readToml } from "./toml/document.ts";

/** Reads a module's `module.toml`: the descriptor, or everything that is wrong with it. */
export function parseDescriptor(text: string, file: string): Result<Descriptor> {
  const document = readToml(text, file);
  if (!document.ok) return document;
  const report = reportOn(document.value);
  const written = checkShape(descriptorSchema, document.value, report);
  for (const table of ["dependencies", "conflicts"]) {
    const slugs = document.value.value[table];
    if (isTable(slugs)) for (const slug of Object.keys(slugs)) checkSlug(slug, [table, slug], report);
  }
  checkSettings(document.value.value["settings"], report);
  return report.result(() => toDescriptor(written as WrittenDescriptor));
}

function toDescriptor(written: WrittenDescriptor): Descriptor {
  const { module, compat, packages } = written;
  const entryType = written.crate?.entry_type;
  return {
    slug: module.slug,
    name: module.name ?? module.slug,
    description: module.description ?? "",
    version: module.version,
    kind: module.kind ?? "optional",
    dependencies: toRanges(written.dependencies ?? {}),
    conflicts: toRanges(written.conflicts ?? {}),
    compat: compat?.server === undefined ? {} : { server: compat.server },
    packages: defined({ server: packages?.server, admin: packages?.admin, storefront: packages?.storefront }),
    ...(entryType === undefined ? {} : { entryType }),
    settings: Object.entries(written.settings ?? {}).map(([key, setting]) => toSetting(key, setting)),
    migrations: { policy: written.migrations?.policy ?? "expand" },
  };
}

function toRanges(written: NonNullable<WrittenDescriptor["dependencies"]>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(written).map(([slug, range]) => [slug, typeof range === "string" ? range : range.version_req]));
}

function toSetting(key: string, written: WrittenSetting): SettingDescriptor {
  const { type, description, values, minimum, maximum } = written;
  return { key, type, required: written.required ?? false, ...defined({ description, default: written.default, values, minimum, maximum }) };
}

/** The same table without the keys that have no value. */
function defined<T extends Record<string, unknown>>(table: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
