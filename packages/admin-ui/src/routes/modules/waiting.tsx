import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../../components/loading.tsx";

const soonMs = 4_000;

/** What comes from a registry or a repository of others: when it takes long, that is said, and whose answer is missing. */
export function Waiting({ lines }: { readonly lines: number }) {
  const { t } = useTranslation();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), soonMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="grid gap-3">
      <Loading lines={lines} />
      <p role="status" className="text-sm text-ink-soft">{long && t("modules.slow")}</p>
    </div>
  );
}
