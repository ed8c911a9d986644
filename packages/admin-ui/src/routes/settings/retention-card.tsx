import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { once, queryClient, server } from "../../api/server.ts";
import { Button } from "../../components/button.tsx";
import { bytesText } from "../../components/bytes.ts";
import { Card } from "../../components/card.tsx";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Table } from "../../components/table.tsx";
import { toast } from "../../components/toasts.tsx";

const queryKey = ["retention"];

/** What is kept, how much room it takes, and what would go now, and why. */
export function RetentionCard() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const { data, error } = useQuery({ queryKey, queryFn: ({ signal }) => server.previewRetention({ signal }) });
  const clean = useMutation({
    mutationFn: () => server.runRetention({ body: {}, headers: once() }),
    onSuccess: ({ total_bytes: freed }) => toast(t("settings.freed", { size: bytesText(freed, i18n.language) })),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  const size = (bytes: number): string => bytesText(bytes, i18n.language);
  return (
    <Card
      title={t("settings.retention")}
      padded={false}
      {...(data !== undefined && data.removals.length > 0 && may("retention.run") && { actions: <Button small busy={clean.isPending} onClick={() => clean.mutate()}>{t("settings.clean", { size: size(data.removals.reduce((sum, { bytes }) => sum + bytes, 0)) })}</Button> })}
    >
      {(error ?? clean.error) !== null && <div className="p-5"><ErrorPanel error={error ?? clean.error} /></div>}
      {data === undefined && error === null && <div className="p-5"><Loading /></div>}
      {data !== undefined && (
        <>
          <p className="px-5 py-4 text-ink-soft">{t("settings.budget", { days: data.budget.days, size: size(data.budget.bytes), releases: data.budget.releases, free: size(data.free_bytes) })}</p>
          <Table
            caption={t("settings.retention")}
            columns={[{ name: t("settings.kind") }, { name: t("settings.count"), end: true }, { name: t("settings.size"), end: true }, { name: t("settings.needed"), end: true, look: "text-ink-soft" }]}
            rows={data.usage.map(({ kind, count, bytes, protected_bytes: kept }) => ({ key: kind, cells: [t(`settings.kinds.${kind}`), count.toLocaleString(i18n.language), size(bytes), size(kept)] }))}
          />
        </>
      )}
    </Card>
  );
}
