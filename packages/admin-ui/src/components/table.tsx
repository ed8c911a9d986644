import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A column: its name (a column of buttons needs none, they say what they do) and how its cells look. */
export interface Column {
  readonly name: string;
  /** Numbers stand at the right, digit below digit. */
  readonly end?: boolean;
  readonly look?: string;
}

export interface Row {
  readonly key: string;
  /** One for each column; the first says what the row is about. */
  readonly cells: readonly ReactNode[];
}

/** A table. On a phone every row is a small card that says the columns' names itself, so that nothing is cut off; roles are named since such boxes are no table for the browser. */
export function Table({ caption, columns, rows }: { readonly caption: string; readonly columns: readonly Column[]; readonly rows: readonly Row[] }) {
  return (
    <table role="table" className="block w-full text-left sm:table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="sr-only sm:not-sr-only sm:table-header-group">
        <tr role="row" className="border-b border-line text-sm text-ink-faint sm:table-row">
          {columns.map(({ name, end }, index) => (name === "" ? <td key={index} role="cell" /> : <th key={index} role="columnheader" scope="col" className={clsx("px-5 py-2.5 font-medium whitespace-nowrap", end === true && "text-right")}>{name}</th>))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block divide-y divide-line sm:table-row-group">
        {rows.map(({ key, cells }) => (
          <tr key={key} role="row" className="block py-3 sm:table-row sm:py-0">
            {cells.map((cell, index) => <Cell key={index} column={columns[index] ?? { name: "" }} first={index === 0}>{cell}</Cell>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ column: { name, end = false, look }, first, children }: { readonly column: Column; readonly first: boolean; readonly children: ReactNode }) {
  const named = !first && name !== "";
  return (
    <td role="cell" className={clsx("flex items-baseline justify-between gap-6 px-5 py-0.5 empty:hidden sm:table-cell sm:py-3 sm:empty:table-cell", end && "tabular-nums sm:text-right", look)}>
      {named && <span aria-hidden className="shrink-0 font-sans text-sm font-normal text-ink-faint sm:hidden">{name}</span>}
      {named ? <span className="min-w-0 text-right sm:text-inherit">{children}</span> : children}
    </td>
  );
}
