import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dropPrivileges } from "../../../build/sandbox/script-parts.ts";
import { enterScript } from "./enter-script.ts";
import type { LayoutStep } from "./layout.ts";

/** How this machine can lock applications in. */
export interface SandboxAbility {
  /** What `unshare` is asked for; undefined: it cannot be done. */
  readonly namespaces?: readonly string[];
  /** What is missing and why, one sentence each. */
  readonly missing: readonly string[];
}

const user = ["--user", "--map-current-user", "--keep-caps"];
const files = ["--mount", "--ipc"];
const tryMs = 10_000;
const tries = 3;

let found: Promise<SandboxAbility> | undefined;

/** Tries once what the kernel and the container allow. */
export function sandboxAbility(): Promise<SandboxAbility> {
  found ??= probe();
  return found;
}

/** The argument list that lays out the sandbox and then runs `command` in it, as the same process. */
export function enterSandbox(namespaces: readonly string[], layout: readonly LayoutStep[], directory: string, command: readonly string[]): readonly [string, ...string[]] {
  const devices = process.getuid?.() === 0 ? "own" : "machine";
  const pairs = layout.flatMap(({ what, path }) => [what, path]);
  return ["unshare", ...namespaces, "--", "/bin/sh", "-c", enterScript, "sandbox", devices, directory, String(layout.length), ...pairs, ...dropPrivileges, ...command];
}

async function probe(): Promise<SandboxAbility> {
  if (process.platform !== "linux") return { missing: [`${process.platform} has no namespaces`] };
  const own = [...user, ...files];
  const refusal = await refusalOf(own);
  if (refusal === undefined) return { namespaces: own, missing: [] };
  if (process.getuid?.() !== 0 || (await refusalOf(files)) !== undefined) return { missing: [refusal] };
  return { namespaces: files, missing: [`applications can look into each other, since a user namespace cannot be made: ${refusal}`] };
}

/**
 * Why the machine refuses; undefined where it does not. Only what the machine itself says counts: a try that somebody killed or kept from ending proves nothing.
 * Applications can do that to processes of their user, and must not get rid of the sandbox so; where it really cannot be done, their start then fails.
 */
async function refusalOf(namespaces: readonly string[]): Promise<string | undefined> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const outcome = await attemptOf(namespaces);
    if (outcome !== "disturbed") return outcome.refusal;
  }
  return undefined;
}

function attemptOf(namespaces: readonly string[]): Promise<{ readonly refusal?: string } | "disturbed"> {
  const layout: readonly LayoutStep[] = [{ what: "rw", path: "/tmp" }, { what: "hide", path: "/var/tmp" }];
  const [program, ...args] = enterSandbox(namespaces, layout, "/", ["true"]);
  return new Promise((resolve) => {
    execFile(program, args, { timeout: tryMs, killSignal: "SIGKILL", env: { PATH: process.env["PATH"], LC_ALL: "C" } }, (error, _stdout, stderr) => {
      if (error === null) return resolve({});
      const said = (typeof error.code === "string" ? error.message : stderr).trim().split("\n").at(-1) ?? "";
      const ended = typeof error.code === "number" && error.code < 128;
      resolve((ended && !isExhausted(said)) || error.code === "ENOENT" ? { refusal: said } : "disturbed");
    });
  });
}

/** Namespaces may be used up, which ends again, or forbidden by a number of zero. Linux says the same in both cases. */
function isExhausted(said: string): boolean {
  if (!/no space left|resource temporarily unavailable|cannot allocate/i.test(said)) return false;
  return !["user", "mnt", "ipc"].some((kind) => limitOf(kind) === "0");
}

function limitOf(kind: string): string {
  try {
    return readFileSync(`/proc/sys/user/max_${kind}_namespaces`, "utf8").trim();
  } catch {
    return "";
  }
}
