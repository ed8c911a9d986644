import { clsx } from "clsx";
import type { ReactNode } from "react";

/** What a badge says about its subject. `busy`: something is under way. */
export type Tone = "neutral" | "good" | "bad" | "warn" | "busy" | "accent";

const tones: Readonly<Record<Tone, string>> = {
  neutral: "bg-tint text-ink-soft",
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  busy: "bg-busy-soft text-busy",
  accent: "bg-accent-soft text-accent",
};

export function Badge({ tone = "neutral", dot = false, children }: { readonly tone?: Tone; readonly dot?: boolean; readonly children: ReactNode }) {
  return (
    <span className={clsx("inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap", tones[tone])}>
      {dot && <span aria-hidden className={clsx("size-1.5 rounded-full bg-current", tone === "busy" && "animate-breathe")} />}
      {children}
    </span>
  );
}
