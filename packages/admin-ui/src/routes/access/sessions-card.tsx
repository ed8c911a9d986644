import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "../../api/me.ts";
import { queryClient, server } from "../../api/server.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ListRow } from "../../components/list-row.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Time } from "../../components/time.tsx";

/** Where one is signed in, and the way to end a session that one does not know. */
export function SessionsCard() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery({ queryKey: ["sessions"], queryFn: ({ signal }) => server.listSessions({ signal }), enabled: me?.kind === "person" });
  const end = useMutation({ mutationFn: (id: string) => server.endSession({ path: { id } }), onSettled: () => queryClient.invalidateQueries({ queryKey: ["sessions"] }) });
  if (data === undefined) return null;
  return (
    <Card title={t("access.sessions")} padded={false}>
      {end.isError && <div className="px-5 pt-4"><ErrorPanel error={end.error} /></div>}
      <ul className="divide-y divide-line">
        {data.sessions.map((session) => (
          <ListRow
            key={session.id}
            title={<span title={session.agent ?? ""}>{session.agent === null ? t("access.unknownAgent") : agentText(session.agent)}</span>}
            detail={<>{session.address} · <Time at={session.renewed_at} /></>}
            action={session.current ? <Badge tone="good">{t("access.thisSession")}</Badge> : <Button small kind="danger" busy={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>{t("access.endSession")}</Button>}
          />
        ))}
      </ul>
    </Card>
  );
}

const browsers = [["Edge", /Edg\//], ["Opera", /OPR\//], ["Firefox", /Firefox\//], ["Chrome", /Chrome\//], ["Safari", /Safari\//]] as const;
const systems = [["Android", /Android/], ["iOS", /iPhone|iPad/], ["Windows", /Windows/], ["macOS", /Mac OS X/], ["Linux", /Linux/]] as const;

/** What a browser calls itself, in words; as it says it where it is no browser that everybody knows. */
function agentText(agent: string): string {
  const browser = browsers.find(([, sign]) => sign.test(agent))?.[0];
  const system = systems.find(([, sign]) => sign.test(agent))?.[0];
  return browser === undefined ? agent : [browser, system].filter((each) => each !== undefined).join(" · ");
}
