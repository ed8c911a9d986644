import { Check, CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";

interface Props {
  /** Whether it fits this host; null or undefined: that is not known. */
  readonly compatible: boolean | null | undefined;
  /** The host versions that it is made for. */
  readonly range: string | null | undefined;
  readonly installed: boolean;
  readonly conflictsWith: readonly string[];
}

/** Whether a module goes together with this host and what is installed, as far as that is known. */
export function Fit({ compatible, range, installed, conflictsWith }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {compatible === false && <Badge tone="bad"><CircleAlert aria-hidden className="size-3" />{t("modules.fit.no", { range })}</Badge>}
      {compatible === true && !installed && <Badge tone="good"><Check aria-hidden className="size-3" />{t("modules.fit.yes")}</Badge>}
      {conflictsWith.map((slug) => <Badge key={slug} tone="bad"><CircleAlert aria-hidden className="size-3" />{t("modules.fit.conflict", { module: slug })}</Badge>)}
    </>
  );
}
