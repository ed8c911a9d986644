import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../components/page.tsx";
import { ErrorPanel } from "../components/problem.tsx";

/** Where a page could not be shown at all. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <main>
      <Page title={t("errors.title")}>
        <ErrorPanel error={error} retry={reset} />
      </Page>
    </main>
  );
}
