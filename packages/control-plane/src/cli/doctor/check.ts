import type { HostSnapshot } from "../../build/snapshot.ts";
import type { Config } from "../../config/config.ts";
import type { Installer } from "./installer.ts";

/** `missing` is needed and not there; `warning` works without, but less well. */
export type FindingStatus = "ok" | "warning" | "missing";

/** One line of what `modyard doctor` tells. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  readonly status: FindingStatus;
  /** One sentence, without a full stop where it is short. */
  readonly text: string;
  /** For what is not ok: the command to give, or what to do. */
  readonly fix?: string;
}

/** What checks look at. Whatever several of them need is found once. */
export interface Machine {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly installer: Installer;
  /** The host as its branch has it; rejects with what is wrong. */
  host(): Promise<HostSnapshot>;
}

export interface Check {
  readonly group: Group;
  /** Names the check where it could not even be made. */
  readonly name: string;
  /** The longest it may take, in seconds; 10 where absent. */
  readonly seconds?: number;
  run(machine: Machine): Promise<readonly Finding[]>;
}

/** Headings, in the order in which they are shown. */
export const groups = ["Machine", "Build tools", "Sandbox", "Data", "Database", "Host", "Ports"] as const;
export type Group = (typeof groups)[number];

export const ok = (name: string, text: string): Finding => ({ name, status: "ok", text });
export const warning = (name: string, text: string, fix?: string): Finding => ({ name, status: "warning", text, ...(fix !== undefined && { fix }) });
export const missing = (name: string, text: string, fix?: string): Finding => ({ name, status: "missing", text, ...(fix !== undefined && { fix }) });
