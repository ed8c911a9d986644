import type { ReactNode } from "react";

/** A table that scrolls sideways on a phone, never the page. */
export function Table({ caption, head, children }: { readonly caption: string; readonly head: readonly string[]; readonly children: ReactNode }) {
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full min-w-max text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-ink-faint">
            {/* A column of buttons needs no name: they say what they do. */}
            {head.map((each) => (each === "" ? <td key={each} /> : <th key={each} scope="col" className="px-5 py-2.5 font-medium">{each}</th>))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child]:border-0 [&>tr]:border-b [&>tr]:border-line [&_td]:px-5 [&_td]:py-3">{children}</tbody>
      </table>
    </div>
  );
}
