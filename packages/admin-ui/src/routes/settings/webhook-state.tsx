import type { ListWebhooksResponse } from "@modyard/client";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";

export type Webhook = ListWebhooksResponse["webhooks"][number];

/** Whether what is sent to a webhook arrives. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  if (!webhook.enabled) return <Badge tone="neutral">{t("settings.webhooks.off")}</Badge>;
  if (webhook.deliveries.dead > 0) return <Badge tone="bad" dot>{t("settings.webhooks.dead", { count: webhook.deliveries.dead })}</Badge>;
  if (webhook.failing_since !== null) return <Badge tone="warn" dot>{t("settings.webhooks.failing")}</Badge>;
  return <Badge tone="good" dot>{t("settings.webhooks.on")}</Badge>;
}
