import type { Result } from "../errors/problem.ts";
import { reportOn } from "./check/report.ts";
import { checkShape } from "./check/shape.ts";
import { checkSlug, isTable } from "./check/spec.ts";
import type { Descriptor, SettingDescriptor } from "./descriptor.ts";
import { rustokDescriptorSchema, type WrittenRustokDescriptor, type WrittenRustokSetting } from "./schema/rustok-descriptor.ts";
import { readToml } from "./toml/document.ts";

/**
 * Reads a `rustok-module.toml`, RusToK's own form of a descriptor: the same facts under other names. Keys that Modyard has
 * no use for (user interfaces, routes, the marketplace) are not looked at.
 */
export function parseRustokDescriptor(text: string, file: string): Result<Descriptor> {
  const document = readToml(text, file);
  if (!document.ok) return document;
  const report = reportOn(document.value);
  const written = checkShape(rustokDescriptorSchema, document.value, report);
  const dependencies = document.value.value["dependencies"];
  if (isTable(dependencies)) for (const slug of Object.keys(dependencies)) checkSlug(slug, ["dependencies", slug], report);
  return report.result(() => toDescriptor(written as WrittenRustokDescriptor));
}

function toDescriptor(written: WrittenRustokDescriptor): Descriptor {
  const { module, dependencies = {}, conflicts, settings = {} } = written;
  const entryType = written.crate?.entry_type ?? "";
  return {
    slug: module.slug,
    name: module.name ?? module.slug,
    description: module.description ?? "",
    version: module.version,
    // Which modules are core is said in the manifest: `required = true`.
    kind: "optional",
    dependencies: Object.fromEntries(Object.entries(dependencies).map(([slug, { version_req: range = "" }]) => [slug, range === "" ? "*" : range])),
    conflicts: Object.fromEntries((conflicts?.modules ?? []).map((slug) => [slug, "*"])),
    compat: compatOf(module),
    packages: {},
    ...(entryType === "" ? {} : { entryType }),
    settings: Object.entries(settings).flatMap(([key, setting]) => toSetting(key, setting)),
    migrations: { policy: "expand" },
  };
}

function compatOf({ rustok_min_version: least = "", rustok_max_version: most = "" }: WrittenRustokDescriptor["module"]): Descriptor["compat"] {
  const bounds = [least === "" ? "" : `>=${least}`, most === "" ? "" : `<=${most}`].filter((bound) => bound !== "");
  return bounds.length === 0 ? {} : { server: bounds.join(", ") };
}

/** One field of a form; none for objects, arrays and free JSON, which no field can hold. */
function toSetting(key: string, written: WrittenRustokSetting): readonly SettingDescriptor[] {
  const { description, required = false, min, max } = written;
  const facts = { key, required, ...(description === undefined ? {} : { description }) };
  const values = (written.options ?? []).filter((option) => typeof option === "string");
  switch (written.type) {
    case "string":
      return values.length === 0 ? [{ ...facts, type: "string", ...defaultOf(written, isText) }] : [{ ...facts, type: "enum", values, ...defaultOf(written, (value) => isText(value) && values.includes(value)) }];
    case "boolean":
      return [{ ...facts, type: "boolean", ...defaultOf(written, (value) => typeof value === "boolean") }];
    case "integer":
    case "number": {
      const limits = { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
      return [{ ...facts, type: written.type, ...limits, ...defaultOf(written, (value) => typeof value === "number" && value >= (min ?? value) && value <= (max ?? value)) }];
    }
    default:
      return [];
  }
}

const isText = (value: unknown): value is string => typeof value === "string";

function defaultOf({ default: value }: WrittenRustokSetting, fits: (value: unknown) => boolean): Pick<SettingDescriptor, "default"> {
  return fits(value) ? { default: value as string | number | boolean } : {};
}
