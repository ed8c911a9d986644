import type { DestinationStream } from "pino";
import { foreignText, plain } from "./client/foreign-text.ts";
import { localTime } from "./client/format.ts";
import type { Colors, Output } from "./terminal.ts";

/** Where the log goes when a person watches: lines to be read. Undefined where none does: JSON, for programs. */
export function logFor(output: Output): DestinationStream | undefined {
  return output.isTerminal ? { write: (line) => output.write(logLine(line, output.colors)) } : undefined;
}

/** Fields that tell a person at the terminal nothing that the line does not. */
const leftOut = new Set(["level", "time", "pid", "hostname", "msg", "err"]);

/** One line of the log's JSON as people read it: time, how bad where it is bad, what, and then its fields. */
export function logLine(line: string, colors: Colors): string {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.entries(entry).filter(([name]) => !leftOut.has(name)).map(([name, value]) => `${name}=${shown(value)}`);
  const { message, stack } = (entry["err"] ?? {}) as { readonly message?: string; readonly stack?: string };
  const words = [colors.dim(localTime(new Date(Number(entry["time"])).toISOString()).slice(11)), severity(Number(entry["level"]), colors), clean(String(entry["msg"] ?? "")), message === undefined ? "" : clean(message), colors.dim(clean(fields.join(" ")))];
  const frames = Number(entry["level"]) >= 50 ? (stack ?? "").split("\n").filter((each) => /^\s+at /.test(each)) : [];
  return [words.filter((word) => word !== "").join(" "), ...frames.map((each) => colors.dim(clean(each))), ""].join("\n");
}

function severity(level: number, colors: Colors): string {
  if (level >= 50) return colors.red("error");
  return level >= 40 ? colors.yellow("warning") : "";
}

/** A principal or a host is told by its name. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && "name" in value && typeof value.name === "string") return shown(value.name);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^\S+$/.test(text) ? text : JSON.stringify(value);
}

function clean(text: string): string {
  return foreignText(plain, text.replaceAll(/[\r\n]+/g, " "));
}
