import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";

const control = "w-full rounded-lg border border-line-strong bg-surface px-3 text-ink placeholder:text-ink-faint focus-visible:border-accent";

interface Common {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The label is for screen readers only, where the place says enough. */
  readonly hideLabel?: boolean;
}

function Labelled({ label, hint, error, hideLabel = false, id, children }: Common & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>{label}</label>
      {children}
      {hint !== undefined && <p id={`${id}-hint`} className="text-sm text-ink-faint">{hint}</p>}
      {error !== undefined && <p id={`${id}-error`} role="alert" className="text-sm text-bad">{error}</p>}
    </div>
  );
}

function described(id: string, { hint, error }: Common): { readonly "aria-describedby"?: string; readonly "aria-invalid"?: boolean } {
  const parts = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "");
  return { ...(parts.length > 0 && { "aria-describedby": parts.join(" ") }), ...(error !== undefined && { "aria-invalid": true }) };
}

export function TextField({ label, hint, error, hideLabel, className, ...rest }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }), ...(hideLabel !== undefined && { hideLabel }) };
  return (
    <Labelled {...common} id={id}>
      <input id={id} className={clsx(control, "h-10", className)} {...described(id, common)} {...rest} />
    </Labelled>
  );
}

export function TextArea({ label, hint, error, hideLabel, className, ...rest }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  const common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }), ...(hideLabel !== undefined && { hideLabel }) };
  return (
    <Labelled {...common} id={id}>
      <textarea id={id} className={clsx(control, "min-h-20 py-2", className)} {...described(id, common)} {...rest} />
    </Labelled>
  );
}

export function Select({ label, hint, error, hideLabel, className, children, ...rest }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const common = { label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }), ...(hideLabel !== undefined && { hideLabel }) };
  return (
    <Labelled {...common} id={id}>
      <span className="relative block">
        <select id={id} className={clsx(control, "h-10 appearance-none pr-9", className)} {...described(id, common)} {...rest}>{children}</select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint" />
      </span>
    </Labelled>
  );
}
