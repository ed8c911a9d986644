import { useTranslation } from "react-i18next";
import { useNameOf } from "../api/names.ts";

/** Who did something, in a sentence: by their name, and exactly who when pointed at. */
export function By({ who }: { readonly who: string }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return <span title={who}>{t("common.by", { name: nameOf(who) })}</span>;
}
