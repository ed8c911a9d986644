import { CopyButton } from "../../components/copy.tsx";

/** Something that is shown this once: a link, a token. */
export function OneTime({ text, explanation }: { readonly text: string; readonly explanation: string }) {
  return (
    <div className="grid gap-2 rounded-lg bg-accent-soft p-4">
      <p>{explanation}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 overflow-x-auto rounded bg-surface px-3 py-2 font-mono text-sm whitespace-nowrap" tabIndex={0}>{text}</code>
        <CopyButton text={text} />
      </div>
    </div>
  );
}
