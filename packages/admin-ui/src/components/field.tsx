import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";
import { Told } from "./told.tsx";

const control = "w-full rounded-lg border border-line-strong bg-surface px-3 text-ink transition-colors placeholder:text-ink-faint hover:border-ink-faint focus-visible:border-accent disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-bad";

interface Common {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The label is for screen readers only, where the place says enough. */
  readonly hideLabel?: boolean;
}

/** What the kinds of field share: a label above, a hint and an error below, tied to what is filled in by `id` and `described`. */
function Labelled({ label, hint, error, hideLabel = false, children }: Common & { readonly children: (own: { readonly id: string; readonly "aria-describedby"?: string; readonly "aria-invalid"?: boolean }) => ReactNode }) {
  const id = useId();
  const parts = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "");
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>{label}</label>
      {children({ id, ...(parts.length > 0 && { "aria-describedby": parts.join(" ") }), ...(error !== undefined && { "aria-invalid": true }) })}
      {hint !== undefined && <p id={`${id}-hint`} className="text-sm text-ink-faint">{hint}</p>}
      {error !== undefined && <p id={`${id}-error`} role="alert" className="text-sm text-bad"><Told>{error}</Told></p>}
    </div>
  );
}

/** Parts a field's properties into those of its frame and those of the element itself. */
function parted<Props extends Common>({ label, hint, error, hideLabel, ...rest }: Props): readonly [Common, Omit<Props, keyof Common>] {
  return [{ label, ...(hint !== undefined && { hint }), ...(error !== undefined && { error }), ...(hideLabel !== undefined && { hideLabel }) }, rest];
}

export function TextField(props: Common & InputHTMLAttributes<HTMLInputElement>) {
  const [frame, { className, ...rest }] = parted(props);
  return <Labelled {...frame}>{(own) => <input className={clsx(control, "h-10", className)} {...own} {...rest} />}</Labelled>;
}

export function Select(props: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const [frame, { className, children, ...rest }] = parted(props);
  return (
    <Labelled {...frame}>
      {(own) => (
        <span className="relative block">
          <select className={clsx(control, "h-10 appearance-none pr-9", className)} {...own} {...rest}>{children}</select>
          <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint" />
        </span>
      )}
    </Labelled>
  );
}
