import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command, CommandOutcome, StepOutcome, ToolchainContext } from "../toolchain.ts";
import { installLocked, lentDirectories } from "./install.ts";

/** Where build tools keep their own files below `node_modules`; no package is called so. */
const toolDirectories = [".cache", ".vite", ".vite-temp", ".tmp"];

/** What a command may do with the installed packages. */
export interface Protection {
  /** Absolute paths that it sees read-only. */
  readonly readOnly: readonly string[];
  /** Absolute paths below them that it may write. */
  readonly writable: readonly string[];
}

/**
 * Runs host commands on a tree that they cannot change, which saves its copy. Should they try to, they get a copy and
 * run again; such a host gets copies from the start the next time.
 */
export async function runProtected(context: ToolchainContext, action: (context: ToolchainContext, protection: Protection) => Promise<StepOutcome>): Promise<StepOutcome> {
  const installed = await installLocked(context, await wantsCopy(context));
  if (!installed.ok) return installed;
  const protection = await protectionOf(context.workspace);
  let refused = false;
  const run = async (command: Command): Promise<CommandOutcome> => {
    const outcome = await context.run(command);
    refused ||= outcome.exitCode !== 0 && outcome.lines.some(({ text }) => /EROFS|read-only file system/i.test(text));
    return outcome;
  };
  const outcome = await action({ ...context, run }, protection);
  if (outcome.ok || protection.readOnly.length === 0 || !refused) return outcome;
  context.log("The host's own commands change installed packages: they get a copy of them and run again.");
  await mkdir(dirname(noteFile(context)), { recursive: true });
  await writeFile(noteFile(context), "");
  const copied = await installLocked(context, true);
  return copied.ok ? action(context, { readOnly: [], writable: [] }) : copied;
}

async function wantsCopy(context: ToolchainContext): Promise<boolean> {
  if (context.allowScripts.length > 0 || existsSync(noteFile(context))) return true;
  return (await context.run.protects?.()) !== true;
}

function noteFile(context: ToolchainContext): string {
  return join(context.cacheDirectory, "npm", "changes-packages");
}

async function protectionOf(workspace: string): Promise<Protection> {
  const readOnly = await lentDirectories(workspace);
  const writable = readOnly.flatMap((directory) => toolDirectories.map((name) => join(directory, name)));
  for (const directory of writable) await mkdir(directory, { recursive: true });
  return { readOnly, writable };
}
