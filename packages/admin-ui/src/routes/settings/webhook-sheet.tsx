import type { ListWebhookDeliveriesResponse } from "@modyard/client";
import { useMutation } from "@tanstack/react-query";
import { RotateCw, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { PagesList } from "../../components/pages-list.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { durationText, Time } from "../../components/time.tsx";
import { OneTime } from "../access/one-time.tsx";
import { WebhookState, type Webhook } from "./webhook-state.tsx";

type Delivery = ListWebhookDeliveriesResponse["deliveries"][number];

/** One webhook: what was sent to it and what came back, trying it out, sending again. */
export function WebhookSheet({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const path = { id: webhook.id };
  const [secret, setSecret] = useState<string>();
  const [removing, setRemoving] = useState(false);
  const act = useMutation({ mutationFn: (what: () => Promise<unknown>) => what(), onSettled: () => queryClient.invalidateQueries({ queryKey: ["webhooks"] }) });
  const remove = useMutation({ mutationFn: () => server.deleteWebhook({ path, query: {} }), onSuccess: onClose, onSettled: () => queryClient.invalidateQueries({ queryKey: ["webhooks"] }) });
  return (
    <Dialog
      shape="sheet"
      title={t("settings.webhooks.one")}
      onClose={onClose}
      {...(may("settings.manage") && {
        footer: (
          <>
            <Button kind="danger" onClick={() => setRemoving(true)}>{t("settings.webhooks.remove")}</Button>
            <Button busy={act.isPending} onClick={() => act.mutate(() => server.changeWebhook({ path, body: { enabled: !webhook.enabled } }))}>{t(webhook.enabled ? "settings.webhooks.switchOff" : "settings.webhooks.switchOn")}</Button>
            <Button kind="primary" icon={<Send aria-hidden className="size-4" />} busy={act.isPending} onClick={() => act.mutate(() => server.testWebhook({ path, body: {}, headers: once() }))}>{t("settings.webhooks.test")}</Button>
          </>
        ),
      })}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {act.isError && <ErrorPanel error={act.error} />}
        <div className="flex flex-wrap items-center gap-3"><WebhookState webhook={webhook} /><span className="min-w-0 font-mono text-sm break-all">{webhook.url}</span></div>
        {webhook.disabled_reason !== null && <p className="text-ink-soft">{webhook.disabled_reason}</p>}
        {webhook.description !== "" && <p className="text-ink-soft">{webhook.description}</p>}
        {secret !== undefined && <OneTime text={secret} explanation={t("settings.webhooks.secretText")} />}
        {may("settings.manage") && (
          <div className="flex flex-wrap gap-2">
            <Button small onClick={() => act.mutate(async () => setSecret((await server.rotateWebhookSecret({ path, body: {}, headers: once() })).secret ?? undefined))}>{t("settings.webhooks.rotate")}</Button>
            {webhook.deliveries.dead > 0 && <Button small onClick={() => act.mutate(() => server.resendDeadWebhookDeliveries({ path, body: {}, headers: once() }))}>{t("settings.webhooks.resendDead")}</Button>}
          </div>
        )}
        <section className="grid gap-3">
          <h3 className="font-semibold">{t("settings.webhooks.deliveries")}</h3>
          <PagesList
            queryKey={["webhooks", webhook.id, "deliveries"]}
            read={async (cursor, signal) => {
              const { deliveries, next_cursor: next } = await server.listWebhookDeliveries({ path, query: { limit: 25, ...(cursor !== undefined && { cursor }) }, signal });
              return { items: deliveries, next };
            }}
            empty={<p className="text-ink-soft">{t("settings.webhooks.noDeliveries")}</p>}
            isMoving={({ status }) => status === "pending"}
          >
            {(deliveries) => (
              <ul className="divide-y divide-line rounded-lg border border-line">
                {deliveries.map((delivery) => <DeliveryRow key={delivery.id} delivery={delivery} {...(may("settings.manage") && delivery.status !== "pending" && { onResend: () => act.mutate(() => server.resendWebhookDelivery({ path: { ...path, delivery: delivery.id }, body: {}, headers: once() })) })} />)}
              </ul>
            )}
          </PagesList>
        </section>
        {removing && (
          <FormDialog title={t("settings.webhooks.removeTitle")} submit={t("settings.webhooks.remove")} kind="danger" busy={remove.isPending} error={remove.error} onSubmit={() => remove.mutate()} onClose={() => setRemoving(false)}>
            <p className="break-words">{t("settings.webhooks.removeText", { url: webhook.url })}</p>
          </FormDialog>
        )}
      </div>
    </Dialog>
  );
}

const tones = { pending: "busy", delivered: "good", dead: "bad" } as const;

function DeliveryRow({ delivery, onResend }: { readonly delivery: Delivery; readonly onResend?: () => void }) {
  const { t } = useTranslation();
  const last = delivery.history.at(-1);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <Badge tone={tones[delivery.status]} dot>{t(`settings.webhooks.state.${delivery.status}`)}</Badge>
      <span className="font-medium">{delivery.type}</span>
      <span className="ml-auto text-sm text-ink-soft"><Time at={delivery.created_at} /></span>
      {onResend !== undefined && <Button small kind="quiet" icon={<RotateCw aria-hidden className="size-3.5" />} onClick={onResend}>{t("settings.webhooks.resend")}</Button>}
      {last !== undefined && (
        <p className="w-full font-mono text-xs break-words text-ink-soft">
          {[last.response_status === null ? last.error : `HTTP ${last.response_status}`, durationText(last.duration_ms), t("settings.webhooks.attempts", { count: delivery.attempts })].filter((each) => each !== null).join(" · ")}
        </p>
      )}
    </li>
  );
}
