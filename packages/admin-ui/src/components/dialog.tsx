import { clsx } from "clsx";
import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly title: string;
  /** A side sheet for what takes reading; a box in the middle for a question. */
  readonly shape?: "sheet" | "box";
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in view below what scrolls. */
  readonly footer?: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus in, closes on Escape, and what is behind it cannot be reached. */
export function Dialog({ title, shape = "box", onClose, children, footer }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while it is still there: only then does the browser give the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // What it was opened from may be gone by now, with what it stood for: then reading goes on where the page begins.
      queueMicrotask(() => document.activeElement === document.body && document.getElementById("content")?.focus({ preventScroll: true }));
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        // Of a dialog within this one, Escape closes that one only.
        if (event.target === event.currentTarget) onClose();
      }}
      onMouseDown={(event) => event.target === element.current && onClose()}
      className={clsx(
        "m-0 max-h-none bg-transparent p-0 text-ink backdrop:animate-fade",
        shape === "sheet" ? "fixed inset-y-0 right-0 left-auto h-dvh w-full max-w-none sm:w-[36rem] animate-sheet" : "fixed inset-0 m-auto h-fit w-[calc(100%-2rem)] max-w-lg overflow-visible animate-rise",
      )}
    >
      <div className={clsx("flex flex-col border-line bg-surface shadow-sheet", shape === "sheet" ? "h-full border-l" : "max-h-[85dvh] rounded-xl border")}>
        <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3">
          <h2 id={heading} dir="auto" className="line-clamp-2 min-w-0 text-lg font-semibold break-words">{title}</h2>
          <button type="button" aria-label={t("common.close")} onClick={onClose} className="shrink-0 rounded-lg p-2 text-ink-faint hover:bg-tint hover:text-ink">
            <X aria-hidden className="size-4" />
          </button>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 [&>*]:min-w-0" tabIndex={0}>{children}</div>
        {footer !== undefined && <footer className="flex flex-wrap-reverse items-center justify-end gap-2 border-t border-line bg-sunken/50 px-5 py-3 max-sm:*:flex-1">{footer}</footer>}
      </div>
    </dialog>
  );
}
