import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient, server } from "../../api/server.ts";
import { Badge } from "../../components/badge.tsx";
import { By } from "../../components/by.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { ListRow } from "../../components/list-row.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { Time } from "../../components/time.tsx";
import { GrantBadges } from "./grants.tsx";
import { TokenDialog } from "./token-dialog.tsx";

/** Tokens for programs: one's own, and everybody's for who may see them. */
export function TokensCard() {
  const { t, i18n } = useTranslation();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly name: string }>();
  const revoke = useMutation({ mutationFn: (id: string) => server.revokeToken({ path: { id } }), onSuccess: () => setRevoking(undefined), onSettled: () => queryClient.invalidateQueries({ queryKey: ["tokens"] }) });
  return (
    <Card title={t("access.tokens")} padded={false} actions={<Button small icon={<KeyRound aria-hidden className="size-4" />} onClick={() => setMaking(true)}>{t("access.newToken")}</Button>}>
      <PagesList
        queryKey={["tokens"]}
        read={async (cursor, signal) => {
          const { tokens, next_cursor: next } = await server.listTokens({ query: cursor === undefined ? {} : { cursor }, signal });
          return { items: tokens, next };
        }}
        empty={<p className="p-5 text-ink-soft">{t("access.noTokens")}</p>}
      >
        {(tokens) => (
          <ul className="divide-y divide-line">
            {tokens.map((token) => (
              <ListRow
                key={token.id}
                title={<>{token.name} <span className="ml-1 font-mono text-xs font-normal text-ink-faint">{token.preview}</span></>}
                detail={
                  <>
                    <By who={token.created_by} /> · {token.last_used_at === null ? t("access.neverUsed") : <>{t("access.lastUsed")} <Time at={token.last_used_at} /></>}
                    {token.expires_at !== null && token.state === "active" && <> · {t("access.expires")} {new Date(token.expires_at).toLocaleDateString(i18n.language)}</>}
                  </>
                }
                badges={<GrantBadges grants={token.effective_grants} />}
                action={
                  token.state === "active" ? (
                    <Button small kind="danger" aria-label={t("access.revokeNamed", { name: token.name })} onClick={() => setRevoking(token)}>{t("access.revoke")}</Button>
                  ) : (
                    <Badge tone="neutral">{t(`access.status.${token.state}`)}</Badge>
                  )
                }
              />
            ))}
          </ul>
        )}
      </PagesList>
      {revoking !== undefined && (
        <FormDialog
          title={t("access.revokeNamed", { name: revoking.name })}
          submit={t("access.revoke")}
          kind="danger"
          busy={revoke.isPending}
          error={revoke.error}
          onSubmit={() => revoke.mutate(revoking.id)}
          onClose={() => {
            revoke.reset();
            setRevoking(undefined);
          }}
        >
          <p>{t("access.revokeText")}</p>
        </FormDialog>
      )}
      {making && <TokenDialog onClose={() => setMaking(false)} />}
    </Card>
  );
}
