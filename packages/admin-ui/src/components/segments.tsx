import { clsx } from "clsx";

export interface Segment {
  readonly value: string;
  readonly text: string;
  /** How many there are behind it. */
  readonly count?: number;
}

/** One of a few, all in view: what a list shows. */
export function Segments({ label, value, segments, onChoose }: { readonly label: string; readonly value: string; readonly segments: readonly Segment[]; readonly onChoose: (value: string) => void }) {
  return (
    <div role="group" aria-label={label} className="grid w-full grid-cols-2 gap-0.5 sm:flex sm:w-auto rounded-lg bg-sunken p-1 ring-1 ring-line ring-inset">
      {segments.map(({ value: each, text, count }) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === value}
          onClick={() => onChoose(each)}
          className={clsx("flex h-8 items-center justify-center gap-1.5 whitespace-nowrap rounded-md px-3 text-sm font-medium transition-colors", each === value ? "bg-raised text-ink shadow-card" : "text-ink-soft hover:text-ink")}
        >
          {text}
          {count !== undefined && <span className="text-ink-faint tabular-nums">{count}</span>}
        </button>
      ))}
    </div>
  );
}
