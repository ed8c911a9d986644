import { clsx } from "clsx";
import { useId, type ReactNode } from "react";

/** A piece of the page on a surface of its own. */
export function Card({ title, actions, children, className, padded = true }: { readonly title?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode; readonly className?: string; readonly padded?: boolean }) {
  const heading = useId();
  return (
    <section {...(typeof title === "string" && { role: "group", "aria-labelledby": heading })} className={clsx("min-w-0 rounded-xl border border-line bg-surface shadow-card", className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-5 py-2">
          {typeof title === "string" ? <h2 id={heading} className="font-semibold">{title}</h2> : title}
          {actions}
        </header>
      )}
      <div className={clsx(padded && "p-5")}>{children}</div>
    </section>
  );
}
