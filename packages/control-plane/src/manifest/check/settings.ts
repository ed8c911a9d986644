import type { KeyPath } from "../toml/key-path.ts";
import type { Report } from "./report.ts";
import { describe } from "./shape.ts";
import { isTable } from "./spec.ts";

type Table = Readonly<Record<string, unknown>>;

/** Rules between the keys of each setting of a descriptor: what a default, its values and its limits have to do with the type. */
export function checkSettings(settings: unknown, report: Report): void {
  if (!isTable(settings)) return;
  for (const [key, setting] of Object.entries(settings)) if (isTable(setting)) checkSetting(setting, ["settings", key], report);
}

function checkSetting(setting: Table, path: KeyPath, report: Report): void {
  const type = setting["type"];
  if (type === "enum" && setting["values"] === undefined) {
    report.add("missing_key", [...path, "values"], "An `enum` has no `values`.", { at: "key", hint: 'Add `values = ["…", "…"]`.' });
  }
  if (type !== "enum" && "values" in setting) report.add("unknown_key", [...path, "values"], "Only an `enum` has `values`.", { at: "key" });
  if (type !== "integer" && type !== "number") {
    for (const key of ["minimum", "maximum"]) if (key in setting) report.add("unknown_key", [...path, key], `Only numbers have a \`${key}\`.`, { at: "key" });
  }
  if ("default" in setting && !defaultFits(setting)) {
    report.add("wrong_type", [...path, "default"], `The default is ${describe(setting["default"])} and does not fit type ${String(type)}${limits(setting)}.`, { hint: "Write a default that the setting itself allows." });
  }
}

function defaultFits(setting: Table): boolean {
  const value = setting["default"];
  switch (setting["type"]) {
    case "integer":
      return Number.isInteger(value) && withinLimits(value as number, setting);
    case "number":
      return typeof value === "number" && withinLimits(value, setting);
    case "boolean":
      return typeof value === "boolean";
    case "enum":
      return !Array.isArray(setting["values"]) || setting["values"].includes(value);
    default:
      return typeof value === "string" || setting["type"] !== "string";
  }
}

function withinLimits(value: number, { minimum, maximum }: Table): boolean {
  return !(typeof minimum === "number" && value < minimum) && !(typeof maximum === "number" && value > maximum);
}

function limits({ minimum, maximum }: Table): string {
  const parts = [minimum === undefined ? "" : ` from ${String(minimum)}`, maximum === undefined ? "" : ` up to ${String(maximum)}`];
  return parts.join("");
}
