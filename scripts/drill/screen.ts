import { terminalOf, type Output } from "../../packages/control-plane/src/cli/terminal.ts";
import type { Phase } from "./phases.ts";
import { renderTable } from "./table.ts";
import { isClean, problemsOf, type DrillReport } from "./tally.ts";
import type { RoundResult } from "./round.ts";

/** Where the drill tells how it goes. */
export interface Screen {
  /** What is being done now. */
  doing(text: string, report: DrillReport): void;
  /** One kill is over. */
  round(result: RoundResult, report: DrillReport): void;
  /** The end; the report is complete. */
  end(report: DrillReport): void;
}

export interface ScreenOptions {
  readonly json: boolean;
  readonly planned: number;
  readonly phases: readonly Phase[];
}

/** A live table on a terminal; lines elsewhere; one JSON object on stdout and lines on stderr with `json`. */
export function openScreen(options: ScreenOptions): Screen {
  const { out, err } = terminalOf(process, process.env);
  if (options.json) return { ...lines(err), end: (report) => out.line(JSON.stringify(report)) };
  return out.isLive ? liveTable(out, err, options) : { ...lines(out), end: (report) => printEnd(out, err, options, report) };
}

function lines(output: Output): Omit<Screen, "end"> {
  return {
    doing: () => undefined,
    round: (result, { kills }) => {
      const { kill: { phase, victim }, recovered, recoveryMs } = result;
      const mark = recovered ? output.colors.green("✔") : output.colors.red("✘");
      output.line(`${mark} ${String(kills).padStart(3)}  ${`${phase.work} ${phase.step}`.padEnd(19)} ${victim.padEnd(13)} ${(recoveryMs / 1000).toFixed(1).padStart(6)} s`);
      for (const problem of problemsOf(result)) output.line(`  ${output.colors.red(problem)}`);
    },
  };
}

function liveTable(out: Output, err: Output, options: ScreenOptions): Screen {
  let drawn = 0;
  const draw = (report: DrillReport, doing: string | undefined): void => {
    const table = renderTable(report, options.phases, { planned: options.planned, doing }, out.colors);
    // Up to where the last one began, and everything below it away.
    out.write(`${drawn === 0 ? "" : `\u001B[${drawn}A\u001B[0J`}${table.join("\n")}\n`);
    drawn = table.length;
  };
  return {
    doing: (text, report) => draw(report, text),
    round: (_, report) => draw(report, "looking for the next victim"),
    end: (report) => {
      draw(report, undefined);
      printProblems(err, report);
    },
  };
}

function printEnd(out: Output, err: Output, { planned, phases }: ScreenOptions, report: DrillReport): void {
  for (const line of renderTable(report, phases, { planned, doing: undefined }, out.colors)) out.line(line);
  printProblems(err, report);
}

function printProblems(err: Output, report: DrillReport): void {
  if (isClean(report)) return;
  err.line();
  for (const problem of report.problems) err.line(`  ${err.colors.red("✘")} ${problem}`);
}
