import type { ReactNode } from "react";

/**
 * A text of the server, in which names stand in backticks: they become code. Nothing else in it means anything, and a backtick alone
 * stays one.
 */
export function Told({ children }: { readonly children: string }): ReactNode {
  return children.split(/`([^`\n]+)`/).map((part, index) =>
    index % 2 === 0 ? part : <code key={index} className="rounded bg-ink/8 px-1 py-px font-mono text-[0.9em] font-normal break-words">{part}</code>,
  );
}
