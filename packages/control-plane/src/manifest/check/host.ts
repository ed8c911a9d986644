import { SLUG } from "../schema/values.ts";
import { quote } from "./rule.ts";
import type { Report } from "./report.ts";
import { checkSlug, isTable } from "./spec.ts";

type Table = Readonly<Record<string, unknown>>;

/** Rules between the parts of modyard.toml: what a preset would say must be written without one, and addresses differ. */
export function checkHost(host: Table, report: Report): void {
  if (host["preset"] === undefined) checkComplete(host, report);
  for (const name of ["admin", "storefront"]) checkDirectory(host, name, report);
  if (isTable(host["environments"])) checkEnvironments(host["environments"], report);
}

function checkComplete(host: Table, report: Report): void {
  const preset = 'Or let a preset say it: `preset = "npm-workspaces"`, "npm" or "cargo".';
  if (host["toolchain"] === undefined) report.add("missing_key", ["toolchain"], "Neither `toolchain` nor `preset` says how the host is built.", { at: "key", hint: `Add \`toolchain = "npm"\` or "cargo". ${preset}` });
  const registry = isTable(host["registry"]) ? host["registry"] : {};
  if (registry["output"] === undefined) report.add("missing_key", ["registry", "output"], "The key `output` is missing in registry.", { at: "key", hint: `Add the generated file's path. ${preset}` });
  const surfaces = isTable(host["surfaces"]) ? host["surfaces"] : {};
  const server = isTable(surfaces["server"]) ? surfaces["server"] : {};
  for (const key of ["directory", "start"]) {
    if (server[key] === undefined) report.add("missing_key", ["surfaces", "server", key], `The key \`${key}\` is missing in surfaces.server.`, { at: "key", hint: `Add it. ${preset}` });
  }
}

/** Only `npm-workspaces` knows where the user interfaces are. */
function checkDirectory(host: Table, name: string, report: Report): void {
  const surfaces = isTable(host["surfaces"]) ? host["surfaces"] : {};
  const surface = surfaces[name];
  if (host["preset"] === "npm-workspaces" || !isTable(surface) || surface["directory"] !== undefined) return;
  report.add("missing_key", ["surfaces", name, "directory"], `The key \`directory\` is missing in surfaces.${name}.`, { at: "key", hint: `Add \`directory = "apps/${name}"\`.` });
}

function checkEnvironments(environments: Table, report: Report): void {
  const listeners = new Map<string, string>();
  for (const [name, environment] of Object.entries(environments)) {
    const path = ["environments", name];
    if (SLUG.test(name)) checkListen(name, environment, listeners, report);
    else checkSlug(name, path, report);
  }
}

/** Two environments cannot have one address; the default is one, too. */
function checkListen(name: string, environment: unknown, listeners: Map<string, string>, report: Report): void {
  if (!isTable(environment)) return;
  const path = ["environments", name, "listen"];
  const listen = environment["listen"];
  if ((environment["target"] ?? "process") !== "process") {
    if (listen !== undefined) report.add("unknown_key", path, "Only the `process` target listens by itself.", { at: "key" });
    return;
  }
  const address = typeof listen === "string" ? listen : "127.0.0.1:8080";
  const other = listeners.get(address);
  if (other !== undefined && !address.endsWith(":0")) report.add("duplicate_entry", path, `${quote(name)} and ${quote(other)} would both listen on ${address}.`, { hint: 'Give each environment an address of its own: `listen = "127.0.0.1:8081"`.' });
  listeners.set(address, name);
}
