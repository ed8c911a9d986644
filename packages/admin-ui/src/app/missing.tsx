import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty } from "../components/empty.tsx";
import { Page } from "../components/page.tsx";

export function Missing() {
  const { t } = useTranslation();
  return (
    <main>
      <Page title={t("errors.missing")}>
        <Empty icon={<Compass className="size-5" />} title={t("errors.missingText")} action={<Link to="/modules" className="font-medium text-accent underline">{t("nav.modules")}</Link>} />
      </Page>
    </main>
  );
}
