import { clsx } from "clsx";
import type { ButtonHTMLAttributes, ReactNode } from "react";

/** How much a button weighs: one `primary` per view; `danger` for what takes something away. */
export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

const looks: Readonly<Record<ButtonKind, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong shadow-card",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-sunken shadow-card",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-bad border border-line-strong hover:bg-bad-soft hover:border-bad shadow-card",
};

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: ReactNode;
  /** Something is under way that this button began: it cannot be pressed again. */
  readonly busy?: boolean;
}

export function Button({ kind = "secondary", small = false, icon, busy = false, disabled, className, children, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      aria-busy={busy}
      disabled={disabled === true || busy}
      className={clsx("inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors disabled:opacity-50", small ? "h-8 px-3 text-sm" : "h-10 px-4", looks[kind], className)}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
