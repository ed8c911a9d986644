import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { server } from "../../api/server.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ListRow } from "../../components/list-row.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { GrantBadges } from "./grants.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonDialog, type Person } from "./person-dialog.tsx";

export function PeopleCard({ mayManage }: { readonly mayManage: boolean }) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  const [opened, setOpened] = useState<Person>();
  return (
    <Card title={t("access.people")} padded={false} {...(mayManage && { actions: <Button small kind="primary" icon={<UserPlus aria-hidden className="size-4" />} onClick={() => setInviting(true)}>{t("access.invite")}</Button> })}>
      <PagesList
        queryKey={["people"]}
        read={async (cursor, signal) => {
          const { people, next_cursor: next } = await server.listPeople({ query: cursor === undefined ? {} : { cursor }, signal });
          return { items: people, next };
        }}
        empty={<p className="p-5 text-ink-soft">{t("access.noPeople")}</p>}
      >
        {(people) => (
          <ul className="divide-y divide-line">
            {people.map((person) => (
              <ListRow
                key={person.id}
                title={person.name}
                detail={person.email}
                badges={
                  <>
                    <GrantBadges grants={person.grants} />
                    {person.status !== "active" && <Badge tone={person.status === "disabled" ? "bad" : "warn"}>{t(`access.status.${person.status}`)}</Badge>}
                  </>
                }
                action={mayManage && <Button small aria-label={t("access.changeNamed", { name: person.name })} onClick={() => setOpened(person)}>{t("access.change")}</Button>}
              />
            ))}
          </ul>
        )}
      </PagesList>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {opened !== undefined && <PersonDialog person={opened} onClose={() => setOpened(undefined)} />}
    </Card>
  );
}
