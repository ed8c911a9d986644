import { clsx } from "clsx";
import { useTranslation } from "react-i18next";

interface Delta {
  readonly added: readonly { readonly slug: string; readonly version: string }[];
  readonly removed: readonly { readonly slug: string; readonly version: string }[];
  readonly changed: readonly { readonly slug: string; readonly from: string; readonly to: string }[];
}

/** What a build or release changes, in one line. */
export function DeltaText({ delta }: { readonly delta: Delta }) {
  const { t } = useTranslation();
  const parts = [
    ...delta.added.map(({ slug, version }) => ({ text: `+ ${slug} ${version}`, look: "text-good" })),
    ...delta.changed.map(({ slug, from, to }) => ({ text: from === to ? `~ ${slug}` : `~ ${slug} ${from} → ${to}`, look: "text-busy" })),
    ...delta.removed.map(({ slug, version }) => ({ text: `− ${slug} ${version}`, look: "text-bad" })),
  ];
  if (parts.length === 0) return <span className="text-ink-soft">{t("builds.noChange")}</span>;
  return (
    <span className="flex flex-wrap gap-x-3 font-mono text-sm">
      {parts.map(({ text, look }) => <span key={text} className={clsx("whitespace-nowrap", look)}>{text}</span>)}
    </span>
  );
}
