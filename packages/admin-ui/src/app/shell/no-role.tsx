import { useQueryClient } from "@tanstack/react-query";
import { UserRoundX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/me.ts";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { Preferences } from "./preferences.tsx";
import { Who } from "./who.tsx";

/** For who is signed in and may do nothing yet: what to do about it, and the way out. */
export function NoRole() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <main>
      <Page title={t("shell.noRole")}>
        <Empty icon={<UserRoundX className="size-5" />} title={t("shell.noRoleTitle")} action={<Button onClick={() => void client.invalidateQueries({ queryKey: meQuery.queryKey })}>{t("common.tryAgain")}</Button>}>
          {t("shell.noRoleText")}
        </Empty>
        <div className="mt-6 flex flex-wrap items-center justify-between gap-4"><Preferences /><Who /></div>
      </Page>
    </main>
  );
}
