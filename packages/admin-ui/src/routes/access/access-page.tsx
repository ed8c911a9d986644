import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { Page } from "../../components/page.tsx";
import { PasswordCard } from "./password-card.tsx";
import { PeopleCard } from "./people-card.tsx";
import { PermissionsCard } from "./permissions-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { TokensCard } from "./tokens-card.tsx";

/** People, tokens, and who may do what. Everybody sees their own; the rest is for who may. */
export function AccessPage() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t("access.title")} intro={t("access.intro")}>
      <div className="grid gap-5">
        {may("people.read") && <PeopleCard mayManage={may("people.manage")} />}
        <TokensCard />
        <SessionsCard />
        <PasswordCard />
        <PermissionsCard />
      </div>
    </Page>
  );
}
