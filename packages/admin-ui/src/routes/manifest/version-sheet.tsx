import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../api/queries.ts";
import { CopyButton } from "../../components/copy.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Loading } from "../../components/loading.tsx";
import { ErrorPanel } from "../../components/problem.tsx";

/** The whole manifest as one commit left it. */
export function VersionSheet({ commit, onClose }: { readonly commit: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(queries.manifestVersion(commit));
  const title = t("manifest.versionAt", { commit: commit.slice(0, 12) });
  return (
    <Dialog shape="sheet" title={title} onClose={onClose} {...(data !== undefined && { footer: <CopyButton text={data.text} /> })}>
      {error !== null && <ErrorPanel error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading lines={8} />}
      {data !== undefined && <pre tabIndex={0} aria-label={title} className="overflow-x-auto font-mono text-sm leading-6">{data.text}</pre>}
    </Dialog>
  );
}
