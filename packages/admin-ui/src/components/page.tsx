import { useEffect, type ReactNode } from "react";

/** A page's head and body. The title is the document's, too, and the one heading of the first rank. */
export function Page({ title, intro, actions, above, children }: { readonly title: string; readonly intro?: ReactNode; readonly actions?: ReactNode; readonly above?: ReactNode; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Modyard`;
  }, [title]);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-9">
      {above}
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
          {intro !== undefined && <div className="mt-1 max-w-2xl text-pretty text-ink-soft">{intro}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
