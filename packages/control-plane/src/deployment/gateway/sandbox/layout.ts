import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SandboxRules } from "./rules.ts";

/** One thing to do to the application's view; a later one lies on top of an earlier one. */
export interface LayoutStep {
  readonly what: "hide" | "rw" | "ro";
  readonly path: string;
}

/** Services and name resolution that are reached by files below `/run`; all else there is hidden, since container engines and service managers listen there. */
const services = [
  "systemd/resolve", "resolvconf", "NetworkManager/resolv.conf", "nscd", "postgresql", "mysqld", "mariadb", "redis", "redis-server", "valkey", "memcached", "mongodb",
  // NixOS has its programs there.
  "current-system", "booted-system",
];

/** Where programs leave temporary files: shared with the machine, as many expect that. */
const temporary = ["/tmp", "/var/tmp"];

/**
 * What to lay out for one release, parents first. Everything that is not named stays visible and becomes read-only. Paths are real ones
 * and exist: what does not exist can neither be hidden nor shown.
 */
export function sandboxLayout({ hidden, shown }: SandboxRules, own: { readonly gatewayDirectory: string; readonly artifact: string }): readonly LayoutStep[] {
  const covers = ["/run", own.gatewayDirectory, ...hidden].flatMap(realPath);
  const readable = [...services.map((name) => join("/run", name)), ...nodeDirectories()].flatMap(realPath).filter((path) => covers.some((cover) => path.startsWith(`${cover}/`)));
  const writable = [...temporary, ...shown, own.artifact].flatMap(realPath);
  // One step for each path: what is hidden and shown, is shown.
  const steps = new Map<string, LayoutStep["what"]>([...covers.map((path) => [path, "hide"] as const), ...readable.map((path) => [path, "ro"] as const), ...writable.map((path) => [path, "rw"] as const)]);
  return [...steps].map(([path, what]) => ({ what, path })).toSorted((a, b) => a.path.length - b.path.length);
}

function realPath(path: string): readonly string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}

/** The Node that runs applications, with npm, wherever it was installed. */
function nodeDirectories(): string[] {
  const programs = dirname(process.execPath);
  return [programs, join(dirname(programs), "lib", "node_modules")];
}
