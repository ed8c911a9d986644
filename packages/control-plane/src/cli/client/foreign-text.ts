import pc from "picocolors";
import { sequence } from "../steering.ts";
import type { Output } from "../terminal.ts";

// oxlint-disable-next-line no-control-regex
const colour = /\u001b\[[0-9;:]*m/g;
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;
/** Where a text goes that is coloured by its meaning instead. */
export const plain = { colors: pc.createColors(false) };

const reset = "\u001b[0m";

/**
 * A line that a build or an application wrote: colours stay where they can be shown, and end with the line; anything
 * else that would steer the terminal (cursor, title, clipboard) goes.
 */
export function foreignText({ colors }: Pick<Output, "colors">, text: string): string {
  // A progress bar drew over its own line: what it showed last counts.
  const last = text.replace(/\r+$/, "").split("\r").at(-1) ?? "";
  if (!colors.isColorSupported) return last.replaceAll(sequence, "").replaceAll(control, "");
  const kept = [...last.matchAll(colour)].map(([code]) => code);
  const parts = last.split(colour).map((part) => part.replaceAll(sequence, "").replaceAll(control, ""));
  const coloured = parts.map((part, index) => part + (kept[index] ?? "")).join("");
  return kept.length === 0 ? coloured : coloured + reset;
}
