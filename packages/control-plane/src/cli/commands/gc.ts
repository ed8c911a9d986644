import type { Command } from "commander";
import type { RetentionReport } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { fileSize } from "../client/format.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";
import { wrapText } from "../wrap-text.ts";

interface Options extends ClientOptions {
  readonly dryRun?: boolean;
  readonly reason?: string;
}

export function gcCommand(program: Command, context: CliContext): void {
  const command = program
    .command("gc")
    .description("remove what is no longer needed: old artifacts, unpacked releases, caches, logs; never what can be gone back to")
    .option("--dry-run", "only tell what would go, and why")
    .option("--reason <text>", "why, for the journal");
  withServer(command).action(clientAction<[], Options>(context, gc));
}

async function gc(session: Session, { dryRun = false, reason }: Options): Promise<ExitCode> {
  const body = { dry_run: dryRun, ...(reason !== undefined && { reason }) };
  const report = await act(session, (headers) => session.api.runRetention({ body, headers }));
  if (session.json) printJson(session.context, report);
  else print(session, report);
  return exitCodes.ok;
}

function print({ out }: Session, { dry_run: dryRun, removals, usage, budget, free_bytes: free, total_bytes: total }: RetentionReport): void {
  const { dim, bold } = out.colors;
  const rows = removals.map(({ kind, name, bytes, why }) => [kind.replaceAll("_", " "), name, fileSize(bytes), why]);
  if (rows.length > 0) for (const line of table(["WHAT", "NAME", "SIZE", "WHY"], rows, dim)) out.line(line);
  if (rows.length > 0) out.line();
  const things = rows.length === 1 ? "1 thing" : `${rows.length} things`;
  out.line(rows.length === 0 ? "There is nothing to remove." : bold(`${things} with ${fileSize(total)} ${dryRun ? "would go" : "went"}.`));
  const kept = usage.reduce((sum, { bytes }) => sum + bytes, 0) - (dryRun ? 0 : total);
  const fixed = usage.reduce((sum, { protected_bytes: bytes }) => sum + bytes, 0);
  const account = `Kept: ${fileSize(kept)}, of which ${fileSize(fixed)} must stay; ${fileSize(free)} are free. Budget: ${budget.days} days, ${fileSize(budget.bytes)}, ${budget.releases} releases per environment.`;
  for (const line of wrapText(account, out.columns)) out.line(dim(line));
}
