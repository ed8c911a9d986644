import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/me.ts";
import { queryClient, server } from "../../api/server.ts";
import { By } from "../../components/by.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { Time } from "../../components/time.tsx";

/** One environment: whether a second person approves what goes there. */
export function EnvironmentSettings({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const queryKey = ["environments", name, "settings"];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => server.getEnvironmentSettings({ path: { name }, signal }) });
  const change = useMutation({ mutationFn: (required: boolean) => server.changeEnvironmentSettings({ path: { name }, body: { approval_required: required } }), onSettled: () => queryClient.invalidateQueries({ queryKey: ["environments"] }) });
  return (
    <li className="grid gap-2 px-5 py-4">
      <label className="flex items-start gap-3">
        <input type="checkbox" className="mt-1 size-4 accent-(--accent)" checked={data?.approval_required ?? false} disabled={data === undefined || !may("settings.manage") || change.isPending} onChange={(event) => change.mutate(event.target.checked)} />
        <span>
          <span className="block font-medium">{name}: {t("settings.approval")}</span>
          <span className="block text-sm text-ink-soft">{t("settings.approvalText", { count: data?.approval_days ?? 7 })}</span>
          {data !== undefined && data.changed_by !== null && data.changed_at !== null && <span className="block text-sm text-ink-faint"><By who={data.changed_by} /> · <Time at={data.changed_at} /></span>}
        </span>
      </label>
      {change.isError && <ErrorPanel error={change.error} />}
    </li>
  );
}
