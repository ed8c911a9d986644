import type { Command } from "commander";
import { tellGrants } from "../../access/bound.ts";
import type { Me } from "../../client/index.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { clientAction, withServer, type ClientOptions, type Session } from "../client/session.ts";
import { printJson, type CliContext } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { wrapText } from "../wrap-text.ts";

export function whoamiCommand(program: Command, context: CliContext): void {
  withServer(program.command("whoami").description("who the server takes you for, and what you may do there")).action(clientAction<[], ClientOptions>(context, whoami));
}

async function whoami(session: Session): Promise<ExitCode> {
  const me = await session.api.getMe();
  if (session.json) printJson(session.context, me);
  else print(session, me);
  return exitCodes.ok;
}

function print({ out }: Session, { kind, id, name, grants, permissions, environments }: Me): void {
  const { colors, columns } = out;
  const line = (text: string): void => out.line(wrapText(text, columns === undefined ? undefined : columns - 6, columns).join("\n      "));
  out.line(`${colors.bold(foreignText(plain, name))} ${colors.dim(`${kind} ${id}`)}`);
  out.line(`  is ${tellGrants(grants)}`);
  line(`  may ${permissions.join(", ") || "nothing"}`);
  for (const { name: environment, permissions: there } of environments) line(`  in ${environment}: ${there.join(", ") || "nothing more"}`);
}
