import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";

/** The way to where an application answers, in a window of its own. */
export function Visit({ url }: { readonly url: string }) {
  const { t } = useTranslation();
  return (
    <a href={url} target="_blank" rel="noreferrer" className="relative z-1 inline-flex min-w-0 items-center gap-1.5 text-sm text-accent hover:underline">
      <span className="truncate">{url.replace(/^https?:\/\//, "")}</span>
      <ExternalLink aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{t("environments.opens")}</span>
    </a>
  );
}
