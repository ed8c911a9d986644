import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty } from "./empty.tsx";
import { Page } from "./page.tsx";

/** In the place of a page that somebody's roles do not let them see: they may have been sent its address. */
export function NotAllowed({ title }: { readonly title: string }) {
  const { t } = useTranslation();
  return <Page title={title}><Empty icon={<Lock className="size-5" />} title={t("errors.notAllowed")}>{t("errors.notAllowedText")}</Empty></Page>;
}
