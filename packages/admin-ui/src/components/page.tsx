import { ArrowLeft } from "lucide-react";
import { useEffect, type ReactNode } from "react";

/** A page's head and body. The title is the document's, too, and the one heading of the first rank. */
export function Page({ title, intro, actions, above, children }: { readonly title: string; readonly intro?: ReactNode; readonly actions?: ReactNode; readonly above?: ReactNode; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Modyard`;
  }, [title]);
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-9">
      {above !== undefined && <div className="mb-2 flex">{above}</div>}
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-2xl font-semibold tracking-tight text-balance break-words">{title}</h1>
          {intro !== undefined && <div className="mt-1 max-w-2xl text-pretty text-ink-soft">{intro}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Inside a link above the title: the way back to the list that one came from. */
export function Back({ children }: { readonly children: ReactNode }) {
  return (
    <span className="group inline-flex items-center gap-1.5 text-sm text-ink-soft hover:text-ink">
      <ArrowLeft aria-hidden className="size-3.5 transition-transform group-hover:-translate-x-0.5" />
      {children}
    </span>
  );
}
