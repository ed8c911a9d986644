import { Argument, type Command } from "commander";
import type { SchemaState } from "../../database/schema-state.ts";
import { localTime } from "../client/format.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";

interface Options extends CommonOptions {
  readonly data?: string;
}

export function migrateCommand(program: Command, context: CliContext): void {
  const command = program
    .command("migrate")
    .description("bring the database to this version (up), or tell which migrations it has (status)")
    .addArgument(new Argument("[what]", "what to do").choices(["up", "status"]).default("up"))
    .option("--data <dir>", "where everything is kept (MODYARD_DATA; default: .modyard)")
    .addHelpText("after", "\nSeveral may run at once: one works, the others wait. The exit code of status is 1 while something is pending or too new.");
  withJson(command).action(action(context, (what: string, options: Options) => migrate(context, what, options)));
}

async function migrate(context: CliContext, what: string, { data, json }: Options): Promise<ExitCode> {
  const [{ readConfig }, { openMigrator }] = await Promise.all([import("../../config/config.ts"), import("../../migrator.ts")]);
  const migrator = await openMigrator(readConfig(data === undefined ? {} : { data }, context.env));
  try {
    const applied = what === "up" ? (await migrator.up()).applied : [];
    const state = await migrator.state();
    if (json === true) printJson(context, stateJson(state, what === "up" ? applied : undefined));
    else print(context, state, what === "up" ? applied : undefined);
    return what === "status" && !isReady(state) ? exitCodes.failed : exitCodes.ok;
  } finally {
    await migrator.close();
  }
}

function isReady({ pending, newerBreaking }: SchemaState): boolean {
  return pending.length === 0 && newerBreaking.length === 0;
}

function stateJson(state: SchemaState, applied: readonly string[] | undefined): Record<string, unknown> {
  return {
    ready: isReady(state),
    ...(applied !== undefined && { applied_now: applied }),
    applied: state.applied.map(({ name, at, breaking }) => ({ name, at: at.toISOString(), breaking: breaking ?? null })),
    pending: state.pending,
    newer: state.newer,
    newer_breaking: state.newerBreaking,
  };
}

function print({ terminal: { out } }: CliContext, state: SchemaState, appliedNow: readonly string[] | undefined): void {
  const { green, yellow, red, dim } = out.colors;
  const word = (name: string): string => {
    if (state.newerBreaking.includes(name)) return red("too new for this version");
    if (state.newer.includes(name)) return yellow("newer, harmless");
    return green(appliedNow?.includes(name) === true ? "applied now" : "applied");
  };
  const applied = state.applied.map(({ name, at }) => [name, word(name), localTime(at.toISOString())]);
  const pending = state.pending.map((name) => [name, yellow("pending"), ""]);
  for (const line of table(["MIGRATION", "STATE", "SINCE"], [...applied, ...pending], dim)) out.line(line);
  out.line();
  out.line(summary(state, appliedNow));
}

function summary(state: SchemaState, appliedNow: readonly string[] | undefined): string {
  if (state.newerBreaking.length > 0) return "The database belongs to a newer Modyard: run that one.";
  if (state.pending.length > 0) return `${state.pending.length} pending. Apply with: modyard migrate up`;
  return appliedNow === undefined || appliedNow.length === 0 ? "The database is up to date." : `${appliedNow.length} applied. The database is up to date.`;
}
