import { clsx } from "clsx";

/** Lines of a unified diff: what went, what came. Where it is, says a faint line of its own. */
export function DiffLines({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  return (
    <pre tabIndex={0} aria-label={label} className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken py-2 font-mono text-sm leading-6">
      {lines.map((line, index) => {
        const look = line.startsWith("+") ? "bg-good-soft text-good" : line.startsWith("-") ? "bg-bad-soft text-bad" : "text-ink-faint";
        const text = line.startsWith("@@") ? (/^@@ [^@]*@@/.exec(line)?.[0] ?? line) : line;
        return <span key={index} className={clsx("block w-max min-w-full px-4", look)}>{text}</span>;
      })}
    </pre>
  );
}
