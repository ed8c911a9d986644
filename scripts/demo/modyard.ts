import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Platform } from "./platform.ts";
import { say } from "./say.ts";

const binary = join(import.meta.dirname, "..", "..", "packages", "control-plane", "bin", "modyard.js");

/** Runs the real command line against the demo's control plane, showing what a user would see. */
export async function modyard({ server }: Platform, signal: AbortSignal, ...args: readonly string[]): Promise<void> {
  say.command(`modyard ${args.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}`);
  const env = { ...process.env, MODYARD_URL: server.url, MODYARD_TOKEN_FILE: server.tokenFile };
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], { stdio: "inherit", env });
    child.once("error", reject);
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`modyard ${args[0] ?? ""} ended with exit code ${code}`);
}
