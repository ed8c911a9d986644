import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, Download } from "lucide-react";
import { clsx } from "clsx";
import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy.tsx";
import { AnsiText } from "./ansi.tsx";
import { readLog, type LogLine, type LogState } from "./log-feed.ts";
import { LogSearch, type Found } from "./log-search.tsx";

const rowHeight = 20;

/** The build's log: 100,000 lines scroll as smoothly as ten, since only those in view are drawn. A line's number is a link to it. */
export function LogWindow({ build }: { readonly build: string }) {
  const { t } = useTranslation();
  const [{ lines, connection }, setLog] = useState<LogState>({ lines: [], connection: "reading" });
  const [following, setFollowing] = useState(!location.hash.startsWith("#L"));
  const [found, setFound] = useState<Found>({ text: "", at: undefined });
  const [marked, setMarked] = useState(() => Number(/^#L(\d+)$/.exec(location.hash)?.[1] ?? 0));
  const box = useRef<HTMLDivElement>(null);
  const scrolledTo = useRef(0);
  useEffect(() => {
    const ending = new AbortController();
    setLog({ lines: [], connection: "reading" });
    readLog(build, ending.signal, setLog);
    return () => ending.abort();
  }, [build]);
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 12 });
  useEffect(() => {
    if (following && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: "end" });
  }, [following, lines.length, rows]);
  const firstMark = useRef(marked);
  useEffect(() => {
    if (firstMark.current === 0 || lines.length < firstMark.current) return;
    rows.scrollToIndex(firstMark.current - 1, { align: "center" });
    firstMark.current = 0;
  }, [lines.length, rows]);
  const goTo = useCallback((next: Found): void => {
    setFound(next);
    if (next.at === undefined) return;
    setFollowing(false);
    rows.scrollToIndex(next.at, { align: "center" });
  }, [rows]);
  // Scrolling draws this window at every frame: what does not scroll is left as it is.
  const actions = useMemo(() => (
    <div className="flex flex-wrap items-center justify-end gap-1 max-sm:w-full">
      <LogSearch lines={lines} found={found} onFound={goTo} />
      <CopyLog lines={lines} />
      <DownloadLog build={build} lines={lines} />
    </div>
  ), [build, found, goTo, lines]);
  const mark = useCallback((line: number): void => {
    setMarked(line);
    history.replaceState(history.state, "", `#L${line}`);
  }, []);
  return (
    <Card
      padded={false}
      title={<div className="flex items-center gap-3"><h2 className="font-semibold">{t("builds.log.title")}</h2><Badge tone={connection === "live" ? "busy" : connection === "lost" ? "warn" : "neutral"} dot={connection === "live"}>{t(`builds.log.${connection}`)}</Badge></div>}
      actions={actions}
    >
      <div className="relative">
        <div
          ref={box}
          role="log"
          aria-label={t("builds.log.title")}
          tabIndex={0}
          onScroll={(event) => {
            const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
            // Going up by wheel, key, finger or bar ends the following; the end begins it again.
            if (scrollTop + clientHeight >= scrollHeight - 4) setFollowing(true);
            else if (scrollTop < scrolledTo.current) setFollowing(false);
            scrolledTo.current = scrollTop;
          }}
          className="h-[28rem] overflow-auto rounded-b-xl bg-sunken font-mono text-xs leading-5"
        >
          <div className="relative min-w-max" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const line = lines[index];
              return line === undefined ? null : <Row key={line.line} line={line} top={start} marked={line.line === marked} found={index === found.at} onMark={mark} />;
            })}
          </div>
          {lines.length === 0 && connection !== "reading" && <p className="p-5 text-ink-soft">{t("builds.log.empty")}</p>}
        </div>
        {!following && connection === "live" && (
          <Button small className="absolute right-6 bottom-4" icon={<ArrowDown aria-hidden className="size-4" />} onClick={() => setFollowing(true)}>{t("builds.log.follow")}</Button>
        )}
      </div>
    </Card>
  );
}

/** A line that stays in view while others come is not drawn again. */
const Row = memo(function Row({ line, top, marked, found, onMark }: { readonly line: LogLine; readonly top: number; readonly marked: boolean; readonly found: boolean; readonly onMark: (line: number) => void }) {
  return (
    <div className={clsx("absolute flex h-5 w-full min-w-max gap-4 px-4 whitespace-pre", marked && "bg-accent-soft", found && "bg-warn-soft", !marked && !found && "hover:bg-surface")} style={{ transform: `translateY(${top}px)` }}>
      <a
        href={`#L${line.line}`}
        tabIndex={-1}
        onClick={(event) => {
          event.preventDefault();
          onMark(line.line);
        }}
        className="w-12 shrink-0 text-right text-ink-faint select-none hover:text-ink"
      >
        {line.line}
      </a>
      <span className="w-16 shrink-0 text-ink-faint select-none">{line.step}</span>
      <span className={clsx(line.stream === "stderr" && "text-ink-soft", line.stream === "modyard" && "text-accent")}><AnsiText text={line.text} /></span>
    </div>
  );
});

// eslint-disable-next-line no-control-regex -- colours of a terminal begin with one
const plain = (lines: readonly LogLine[]): string => lines.map(({ text }) => text).join("\n").replaceAll(/\u001b\[[0-9;]*m/g, "");

function CopyLog({ lines }: { readonly lines: readonly LogLine[] }) {
  return <CopyButton text={() => plain(lines)} />;
}

function DownloadLog({ build, lines }: { readonly build: string; readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation();
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([`${plain(lines)}\n`], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: `${build}.log` });
    link.click();
    URL.revokeObjectURL(address);
  };
  return <Button small kind="quiet" icon={<Download aria-hidden className="size-3.5" />} onClick={save}>{t("builds.log.download")}</Button>;
}
