import type { Colors } from "../../packages/control-plane/src/cli/terminal.ts";
import { victims, type Phase } from "./phases.ts";
import type { DrillReport, PhaseTally, Times } from "./tally.ts";

/** What the head of the table says of now. */
export interface Now {
  readonly planned: number;
  /** What is being done at the moment; undefined when it is over. */
  readonly doing: string | undefined;
}

const nameWidth = 9;
const columns = ["worker", "control", "gateway", "app", "db"];

/** The table, line by line, at most 80 columns wide: one line for each phase that the drill is about. */
export function renderTable(report: DrillReport, some: readonly Phase[], { planned, doing }: Now, colors: Colors): readonly string[] {
  const head = `  ${"phase".padEnd(nameWidth)} kills  recovered   median    worst   ${columns.join(" ")}`;
  return [
    "",
    `  ${colors.bold("kill -9")}  ${bar(report.kills, planned, colors)}  ${report.kills} of ${planned}   ${colors.dim(`seed ${report.seed}`)}`,
    `  ${colors.dim(doing ?? "done")}`,
    "",
    colors.dim(head),
    ...some.map(({ name }) => renderPhase(name, report.phases.find(({ phase }) => phase === name), colors)),
    colors.dim(`  ${"─".repeat(74)}`),
    `  ${"all".padEnd(nameWidth)}${number(report.kills, 6)}${recovered(report.recovered, report.kills, colors)}${times(report.recovery_ms)}`,
    "",
    ...renderCounts(report, colors),
  ];
}

function renderPhase(name: string, phase: PhaseTally | undefined, colors: Colors): string {
  if (phase === undefined) return colors.dim(`  ${name.padEnd(nameWidth)}${"·".padStart(6)}`);
  const marks = victims.map((victim, index) => {
    const { kills = 0, recovered: good = 0 } = phase.victims[victim] ?? {};
    const mark = kills === 0 ? colors.dim("·") : good === kills ? colors.green("✔") : colors.red("✘");
    return centred(mark, columns[index]?.length ?? 1);
  });
  return `  ${name.padEnd(nameWidth)}${number(phase.kills, 6)}${recovered(phase.recovered, phase.kills, colors)}${times(phase.recovery_ms)}   ${marks.join(" ")}`;
}

function renderCounts(report: DrillReport, colors: Colors): readonly string[] {
  const count = (value: number, what: string): string => (value === 0 ? `${colors.green("✔")} no ${what}` : `${colors.red("✘")} ${colors.red(`${value} ${what}`)}`);
  const { application_requests: asked, application_requests_lost_with_victim: own } = report;
  return [
    `  ${count(report.stuck_locks, "stuck locks")}   ${count(report.orphans, "orphans")}   ${count(report.lost_acknowledgements, "lost acknowledgements")}`,
    `  ${count(report.application_requests_lost, "requests lost")} of ${asked.toLocaleString("en")}; ${own} while what answers them was the one killed`,
    ...(report.forbidden_states + report.branch_problems + report.unasked_ends === 0 ? [] : [`  ${count(report.forbidden_states, "forbidden states")}   ${count(report.branch_problems, "problems of the branch")}   ${count(report.unasked_ends, "unasked ends")}`]),
  ];
}

function bar(done: number, planned: number, colors: Colors): string {
  const width = 30;
  const filled = Math.round((done / planned) * width);
  return colors.green("━".repeat(filled)) + colors.dim("─".repeat(width - filled));
}

function recovered(good: number, kills: number, colors: Colors): string {
  const text = number(good, 11);
  return good === kills ? text : colors.red(text);
}

function times({ median, worst }: Times): string {
  return `${seconds(median).padStart(9)}${seconds(worst).padStart(9)}`;
}

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? "–" : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** One character in the middle of as many as there is room for; it may have a colour. */
function centred(mark: string, width: number): string {
  const before = Math.floor((width - 1) / 2);
  return " ".repeat(before) + mark + " ".repeat(width - 1 - before);
}

function number(value: number, width: number): string {
  return String(value).padStart(width);
}
