import { ApiError, ConnectionError } from "@modyard/client";
import { RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PageOutdatedError } from "../api/outdated.ts";
import { Button } from "./button.tsx";
import { Empty } from "./empty.tsx";
import { ErrorPanel } from "./problem.tsx";

/** In place of a page, or of a part of one, that cannot be shown: why, and what to do. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError || error instanceof ConnectionError) return <ErrorPanel error={error} retry={retry} />;
  const why = error instanceof PageOutdatedError ? "changed" : "mistake";
  return (
    <div role="alert">
      <Empty icon={<RefreshCw className="size-5" />} title={t(`errors.${why}`)} action={<Button kind="primary" onClick={() => location.reload()}>{t("common.reload")}</Button>}>
        {t(`errors.${why}Text`)}
      </Empty>
    </div>
  );
}
