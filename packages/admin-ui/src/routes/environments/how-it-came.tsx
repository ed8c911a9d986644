import type { GetEnvironmentResponse } from "@modyard/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { By } from "../../components/by.tsx";
import { Time } from "../../components/time.tsx";

/** Since when the release runs, by whose wish and why: the deployment that brought it. */
export function HowItCame({ release: { environment, release_id: id, deployed_at: at } }: { readonly release: NonNullable<GetEnvironmentResponse["active_release"]> }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.deployments({ environment, limit: 20 }));
  const deployment = data?.deployments.find((each) => each.release_id === id && each.status === "success");
  if (at === null) return null;
  return (
    <p className="border-b border-line px-5 py-3 text-sm break-words text-ink-soft">
      {t("environments.since")} <Time at={at} />
      {deployment !== undefined && <> · {t(`environments.kind.${deployment.kind}`)} <By who={deployment.requested_by} />{deployment.reason !== "" && <> · {deployment.reason}</>}</>}
    </p>
  );
}
