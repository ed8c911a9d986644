import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./problem.tsx";

interface Props {
  readonly title: string;
  /** What the button says that sends the form; the title unless told. */
  readonly submit?: string;
  /** `danger` for what takes something away. */
  readonly kind?: "primary" | "danger";
  /** It cannot be sent as it is. */
  readonly disabled?: boolean;
  /** It is being sent. */
  readonly busy?: boolean;
  /** Why it could not be sent; null while nothing is wrong. */
  readonly error?: unknown;
  /** Shown in the form's place once it was sent: what there is to take along, a link or a secret. */
  readonly done?: ReactNode;
  readonly onSubmit: (form: FormData) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question with fields: Enter sends it, what went wrong stands above them, and what came of it takes their place. */
export function FormDialog({ title, submit, kind = "primary", disabled = false, busy = false, error = null, done, onSubmit, onClose, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const footer = done === undefined
    ? <><Button onClick={onClose}>{t("common.cancel")}</Button><Button kind={kind} type="submit" form={id} disabled={disabled} busy={busy}>{submit ?? title}</Button></>
    : <Button kind="primary" onClick={onClose}>{t("common.close")}</Button>;
  return (
    <Dialog title={title} onClose={onClose} footer={footer}>
      {done ?? (
        <form id={id} className="grid gap-4" onSubmit={(event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget));
        }}>
          {error !== null && <ErrorPanel error={error} />}
          {children}
        </form>
      )}
    </Dialog>
  );
}
