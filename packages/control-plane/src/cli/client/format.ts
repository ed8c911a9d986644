import { stripVTControlCharacters } from "node:util";
import type { Colors } from "../terminal.ts";

/** A time span as people say it: `0.4 s`, `12.3 s`, `4 min 05 s`, `1 h 02 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

/** How long ago an ISO time is; `-` for what has not happened. */
export function ago(at: string | null, now = Date.now()): string {
  if (at === null) return "-";
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}

/** An ISO time as `2026-11-21 22:45:01`, in this machine's zone. */
export function localTime(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

interface Delta {
  readonly added: readonly { readonly slug: string }[];
  readonly removed: readonly { readonly slug: string }[];
  readonly changed: readonly { readonly slug: string }[];
}

/** `+forum -blog ~pages`; `rebuild` when no module changes. */
export function deltaText({ added, removed, changed }: Delta): string {
  const parts = [...added.map(({ slug }) => `+${slug}`), ...removed.map(({ slug }) => `-${slug}`), ...changed.map(({ slug }) => `~${slug}`)];
  return parts.length === 0 ? "rebuild" : parts.join(" ");
}

/** Cuts a text to a width, `…` in place of what is left out. Colours do not survive a cut. */
export function cut(text: string, width: number | undefined): string {
  const plain = stripVTControlCharacters(text);
  return width === undefined || plain.length <= width ? text : `${plain.slice(0, Math.max(0, width - 1))}…`;
}

/** Items separated by commas, broken into lines of at most `width`. */
export function wrapped(items: readonly string[], width: number): string[] {
  return items.reduce<string[]>((lines, item, index) => {
    const text = index === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    return last === undefined || last.length + 1 + text.length > width ? [...lines, text] : [...lines.slice(0, -1), `${last} ${text}`];
  }, []);
}

/** An amount of data as people say it: `312 B`, `4.2 kB`, `17 MB`, `1.3 GB`. */
export function fileSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[step] ?? ""}`;
}

/** A status word in the colour of what it means. */
export function statusText(colors: Colors, status: string): string {
  const colour = statusColours[status];
  return colour === undefined ? status : colors[colour](status);
}

const statusColours: Readonly<Record<string, "green" | "red" | "yellow" | "cyan" | "dim">> = {
  success: "green",
  active: "green",
  running: "cyan",
  deploying: "cyan",
  queued: "yellow",
  waiting_approval: "yellow",
  pending: "yellow",
  failed: "red",
  rolled_back: "dim",
  superseded: "dim",
  cancelled: "dim",
};
