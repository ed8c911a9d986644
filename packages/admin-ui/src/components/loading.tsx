import { useTranslation } from "react-i18next";

/** Grey lines where text will be. */
export function Loading({ lines = 4 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="grid gap-3">
      {Array.from({ length: lines }, (_, index) => <div key={index} className="h-5 animate-breathe rounded bg-tint last:w-2/3" />)}
    </div>
  );
}
