import type { ReactNode } from "react";

/** Where there is nothing yet: what would be here, and what to do first. */
export function Empty({ icon, title, children, action }: { readonly icon?: ReactNode; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-3 rounded-xl border border-dashed border-line-strong px-6 py-14 text-center">
      {icon !== undefined && <div aria-hidden className="grid size-12 place-items-center rounded-full bg-tint text-ink-faint">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-md text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}
