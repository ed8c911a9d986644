import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "./log-feed.ts";

/** What is looked for, and the index of the line where it was found last. */
export interface Found {
  readonly text: string;
  readonly at: number | undefined;
}

/** The next line with a text, from a line on in either direction, round the ends. */
function findLine(lines: readonly LogLine[], text: string, from: number, step: 1 | -1): number | undefined {
  const wanted = text.toLowerCase();
  for (let offset = 1; offset <= lines.length; offset++) {
    const index = (from + offset * step + lines.length * 2) % lines.length;
    if (lines[index]?.text.toLowerCase().includes(wanted) === true) return index;
  }
  return undefined;
}

/** Finds a text in the whole log, not only in what is drawn. Enter goes on to the next, Shift-Enter to the one before. */
export function LogSearch({ lines, found, onFound }: { readonly lines: readonly LogLine[]; readonly found: Found; readonly onFound: (found: Found) => void }) {
  const { t } = useTranslation();
  const go = (text: string, step: 1 | -1, from = found.at ?? -1): void => onFound({ text, at: text === "" ? undefined : findLine(lines, text, from, step) });
  const nothing = found.text !== "" && found.at === undefined;
  return (
    <form
      role="search"
      className="flex items-center gap-1 max-sm:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        go(found.text, 1);
      }}
    >
      <input
        type="search"
        aria-label={t("builds.log.search")}
        placeholder={t("builds.log.search")}
        aria-invalid={nothing}
        value={found.text}
        onChange={(event) => go(event.target.value, 1, -1)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.shiftKey) return;
          event.preventDefault();
          go(found.text, -1);
        }}
        className="h-8 min-w-0 flex-1 rounded-lg sm:w-40 sm:flex-none border border-line-strong bg-surface px-2.5 text-sm aria-invalid:border-bad"
      />
      <button type="button" aria-label={t("builds.log.previous")} onClick={() => go(found.text, -1)} className="rounded p-1 text-ink-faint hover:bg-tint hover:text-ink"><ChevronUp aria-hidden className="size-4" /></button>
      <button type="submit" aria-label={t("builds.log.next")} className="rounded p-1 text-ink-faint hover:bg-tint hover:text-ink"><ChevronDown aria-hidden className="size-4" /></button>
      <span role="status" className="sr-only">{nothing ? t("builds.log.notFound") : ""}</span>
    </form>
  );
}
