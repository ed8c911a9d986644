import { askUntilAnswered, follow } from "../../api/follow.ts";
import { server } from "../../api/server.ts";

/** A line of a build's log. */
export interface LogLine {
  readonly line: number;
  readonly step: string;
  readonly stream: string;
  readonly text: string;
}

/** What is known of a log. */
export interface LogState {
  /** In order, without gaps. A new array whenever lines came. */
  readonly lines: readonly LogLine[];
  readonly connection: "reading" | "live" | "lost" | "complete";
}

const pageSize = 5_000;
/** New lines are shown together: a screen is not drawn more often than it can be read. */
const showEveryMs = 100;

/**
 * A build's log: what there is page by page, then what comes. It reads to the log's end however often the connection is lost, and
 * nothing is read twice.
 */
export function readLog(build: string, signal: AbortSignal, show: (state: LogState) => void): void {
  const lines: LogLine[] = [];
  let connection: LogState["connection"] = "reading";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const showNow = (): void => {
    timer = undefined;
    if (!signal.aborted) show({ lines: [...lines], connection });
  };
  const changed = (): void => void (timer ??= setTimeout(showNow, showEveryMs));
  const become = (next: LogState["connection"]): void => {
    connection = next;
    changed();
  };
  const read = async (): Promise<void> => {
    for (;;) {
      const page = await askUntilAnswered((patience) => server.readBuildLog({ path: { id: build }, query: { after: lines.length, limit: pageSize }, signal: patience }), signal, () => become("lost"));
      lines.push(...page.lines);
      changed();
      if (page.complete) return become("complete");
      if (page.lines.length < pageSize) break;
    }
    become("live");
    const take = ({ data }: { readonly data: string }): void => {
      lines.push(JSON.parse(data) as LogLine);
      changed();
    };
    await follow(`/admin/builds/${encodeURIComponent(build)}/logs`, String(lines.length), signal, { take, reached: () => become("live"), lost: () => become("lost") });
    if (!signal.aborted) become("complete");
  };
  void read().catch(() => become("lost"));
}
