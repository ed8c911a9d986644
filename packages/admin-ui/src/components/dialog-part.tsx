import { CatchBoundary } from "@tanstack/react-router";
import { Suspense, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";
import { partOf } from "./part.tsx";

/** A dialog that is loaded when it is opened; where that cannot be, a dialog says so. */
export function dialogPart<Props extends { readonly onClose: () => void }>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = partOf(load);
  return function Opened(props: Props) {
    const { t } = useTranslation();
    return (
      <CatchBoundary getResetKey={() => ""} errorComponent={({ error, reset }) => <Dialog title={t("errors.title")} onClose={props.onClose}><Failure error={error} retry={reset} /></Dialog>}>
        <Suspense><Loaded {...props} /></Suspense>
      </CatchBoundary>
    );
  };
}
