import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Failure } from "../components/failure.tsx";
import { Page } from "../components/page.tsx";

/** Where a page could not be shown, within the frame of all pages. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return <Page title={t("errors.title")}><Failure error={error} retry={again} /></Page>;
}

/** Where not even the frame could be shown. */
export function Failed(props: ErrorComponentProps) {
  return <main><FailedPage {...props} /></main>;
}
