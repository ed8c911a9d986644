import type { ReactNode } from "react";

interface Props {
  /** What the row is about. */
  readonly title: ReactNode;
  /** What else is known of it, smaller. */
  readonly detail?: ReactNode;
  /** Badges. On a phone they stand below. */
  readonly badges?: ReactNode;
  /** What one may do with it: at the end of the row, beside the title on a phone too. */
  readonly action?: ReactNode;
}

/** One of many things in a card: people, tokens, sessions. */
export function ListRow({ title, detail, badges, action }: Props) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-5 py-3 sm:grid-cols-[minmax(0,1fr)_auto_auto]">
      <div className="min-w-0">
        <p className="truncate font-medium">{title}</p>
        {detail !== undefined && <p className="text-sm break-words text-ink-soft">{detail}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-1.5 empty:hidden max-sm:col-span-2 sm:justify-end">{badges}</div>
      <div className="flex justify-end empty:hidden max-sm:col-start-2 max-sm:row-start-1 sm:min-w-24">{action}</div>
    </li>
  );
}
