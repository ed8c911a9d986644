import { useEffect, useRef } from "react";
import { CopyButton } from "../../components/copy.tsx";

/** Something that is shown this once: a link, a token, a secret. It takes the focus, so that nobody who does not look misses it. */
export function OneTime({ text, explanation }: { readonly text: string; readonly explanation: string }) {
  const shown = useRef<HTMLInputElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <div className="grid gap-2 rounded-lg bg-accent-soft p-4">
      <p>{explanation}</p>
      <div className="flex items-center gap-2">
        <input ref={shown} readOnly value={text} aria-label={explanation} onFocus={(event) => event.target.select()} className="min-w-0 flex-1 rounded bg-surface px-3 py-2 font-mono text-sm" />
        <CopyButton text={text} />
      </div>
    </div>
  );
}
