import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy.tsx";
import { Loading } from "../../components/loading.tsx";
import { Page } from "../../components/page.tsx";
import { ErrorPanel } from "../../components/problem.tsx";
import { ManifestHistory } from "./manifest-history.tsx";

/** modules.toml as it is in the repository, and who changed it: the only source of truth of what the application is made of. */
export function ManifestPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(queries.manifest());
  return (
    <Page title={t("manifest.title")} intro={t("manifest.intro")}>
      {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading lines={8} />}
      {data !== undefined && (
        <div className="grid gap-5">
          <Card title={<h2 className="font-semibold">modules.toml <span className="ml-2 font-mono text-sm font-normal text-ink-soft">{data.manifest_ref} @ {data.commit.slice(0, 12)}</span></h2>} actions={<CopyButton text={data.text} />} padded={false}>
            <pre tabIndex={0} aria-label="modules.toml" className="overflow-x-auto p-5 font-mono text-sm leading-6">{data.text}</pre>
          </Card>
          <ManifestHistory />
        </div>
      )}
    </Page>
  );
}
