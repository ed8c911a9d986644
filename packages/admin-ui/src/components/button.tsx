import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode } from "react";

/** How much a button weighs: one `primary` per view; `danger` for what takes something away. */
export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

const looks: Readonly<Record<ButtonKind, string>> = {
  primary: "bg-fill text-on-accent shadow-card hover:bg-fill-strong",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-tint shadow-card",
  quiet: "text-ink-soft hover:bg-tint hover:text-ink",
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
      className={clsx("inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-[background-color,border-color,color,transform] active:translate-y-px disabled:translate-y-0 disabled:opacity-50", small ? "h-8 px-3 text-sm" : "h-10 px-4", looks[kind], className)}
      {...rest}
    >
      {busy ? <LoaderCircle aria-hidden className={clsx("animate-spin", small ? "size-3.5" : "size-4")} /> : icon}
      {children}
    </button>
  );
}
