import { CircleCheck, CircleAlert } from "lucide-react";
import { useSyncExternalStore } from "react";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "good" | "bad";
}

let shown: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const tell of listeners) tell();
}

/** Says in passing that something was done. Errors that need an answer stand beside what they are about, not here. */
export function toast(text: string, tone: Toast["tone"] = "good"): void {
  const id = next++;
  set([...shown.slice(-2), { id, text, tone }]);
  setTimeout(() => set(shown.filter((each) => each.id !== id)), 5_000);
}

export function Toasts() {
  const toasts = useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => shown);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 grid justify-items-center gap-2 px-4">
      {toasts.map(({ id, text, tone }) => (
        <div key={id} className="pointer-events-auto flex max-w-md animate-rise items-center gap-2.5 rounded-lg border border-line bg-raised px-4 py-2.5 shadow-sheet">
          {tone === "good" ? <CircleCheck aria-hidden className="size-4 text-good" /> : <CircleAlert aria-hidden className="size-4 text-bad" />}
          {text}
        </div>
      ))}
    </div>
  );
}
