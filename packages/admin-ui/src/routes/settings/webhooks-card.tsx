import type { TFunction } from "i18next";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { NewWebhookDialog } from "./new-webhook-dialog.tsx";
import { WebhookState } from "./webhook-state.tsx";
import { WebhookSheet } from "./webhook-sheet.tsx";

const mostNamed = 4;

function typesText(t: TFunction, types: readonly string[]): string {
  if (types.length === 0) return t("settings.webhooks.allTypes");
  return types.length > mostNamed ? t("settings.webhooks.someTypes", { count: types.length }) : types.join(", ");
}

/** Addresses that are told what happens. */
export function WebhooksCard() {
  const { t } = useTranslation();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<string>();
  return (
    <Card title={t("settings.webhooks.title")} padded={false} {...(may("settings.manage") && { actions: <Button small icon={<Plus aria-hidden className="size-4" />} onClick={() => setAdding(true)}>{t("settings.webhooks.add")}</Button> })}>
      <PagesList
        queryKey={["webhooks"]}
        read={async (cursor, signal) => {
          const { webhooks, next_cursor: next } = await server.listWebhooks({ query: cursor === undefined ? {} : { cursor }, signal });
          return { items: webhooks, next };
        }}
        empty={<p className="flex items-center gap-3 p-5 text-ink-soft"><WebhookIcon aria-hidden className="size-5 shrink-0 text-ink-faint" />{t("settings.webhooks.empty")}</p>}
        isMoving={({ deliveries }) => deliveries.pending > 0}
      >
        {(webhooks) => (
          <>
            <ul className="divide-y divide-line">
              {webhooks.map((webhook) => (
                <li key={webhook.id} className="relative flex flex-wrap items-center gap-x-4 gap-y-1.5 px-5 py-3 hover:bg-tint/60">
                  <div className="min-w-0 flex-1 basis-64">
                    <button type="button" onClick={() => setOpened(webhook.id)} className="block max-w-full truncate text-left font-mono text-sm after:absolute after:inset-0">{webhook.url}</button>
                    <p className="truncate text-sm text-ink-soft">{[webhook.description, typesText(t, webhook.types), webhook.environments.join(", ")].filter((each) => each !== "").join(" · ")}</p>
                  </div>
                  <WebhookState webhook={webhook} />
                </li>
              ))}
            </ul>
            {webhooks.filter(({ id }) => id === opened).map((webhook) => <WebhookSheet key={webhook.id} webhook={webhook} onClose={() => setOpened(undefined)} />)}
          </>
        )}
      </PagesList>
      {adding && <NewWebhookDialog onClose={() => setAdding(false)} />}
    </Card>
  );
}
