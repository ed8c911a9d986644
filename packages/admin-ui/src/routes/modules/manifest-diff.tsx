import { clsx } from "clsx";
import { diffLines } from "diff";
import { useTranslation } from "react-i18next";

interface Line {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
}

/** The lines of a change with a few unchanged ones around each; `null` stands for what is left out. */
export function changedLines(before: string, after: string, around = 2): readonly (Line | null)[] {
  const lines: readonly Line[] = diffLines(before, after).flatMap(({ added, removed, value }) =>
    value.replace(/\n$/, "").split("\n").map((text): Line => ({ sign: added ? "+" : removed ? "-" : " ", text })),
  );
  const near = (index: number): boolean => lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== " ");
  return lines.flatMap((line, index): readonly (Line | null)[] => (near(index) ? [line] : near(index - 1) ? [null] : []));
}

const looks = { "+": "bg-good-soft text-good", "-": "bg-bad-soft text-bad", " ": "text-ink-soft" } as const;

/** What a change does to a text, line by line. */
export function TextDiff({ before, after, label }: { readonly before: string; readonly after: string; readonly label: string }) {
  const { t } = useTranslation();
  const lines = changedLines(before, after);
  if (lines.length === 0) return <p className="text-ink-soft">{t("common.none")}</p>;
  return (
    <pre aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-sunken py-2 font-mono text-xs leading-5">
      {lines.map((line, index) =>
        line === null ? (
          <span key={index} aria-hidden className="block px-4 text-ink-faint">⋯</span>
        ) : (
          <span key={index} className={clsx("block w-max min-w-full px-4", looks[line.sign])}>{`${line.sign} ${line.text}`}</span>
        ),
      )}
    </pre>
  );
}
