import type { Command } from "commander";
import type { ConfigFlags } from "../../config/config.ts";
import { action, printJson, withJson, type CliContext, type CommonOptions } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

export function doctorCommand(program: Command, context: CliContext): void {
  const command = program
    .command("doctor")
    .description("tell what this machine has and lacks to serve and to build, and how to get it")
    .option("--host-repo <repository>", "the host's git repository (MODYARD_HOST_REPO; default: this directory)")
    .option("--data <dir>", "where everything is kept (MODYARD_DATA; default: .modyard)")
    .option("--port <port>", "where the API is to listen (MODYARD_PORT; default: 4600)")
    .option("--bind <address>", "the address to listen on (MODYARD_BIND; default: 127.0.0.1)")
    .option("--branch <name>", "the branch that says which environments there are (MODYARD_BRANCH; default: main)")
    .option("--environment <name=host:port...>", "where an environment listens, instead of what modyard.toml says")
    .addHelpText("after", "\nNeeds no running server and changes nothing. The exit code is 1 when something needed is missing.");
  withJson(command).action(action(context, (options: ConfigFlags & CommonOptions) => doctor(context, options)));
}

async function doctor(context: CliContext, { json, ...flags }: ConfigFlags & CommonOptions): Promise<ExitCode> {
  const [{ readConfig }, { diagnose }, { printFindings }] = await Promise.all([import("../../config/config.ts"), import("../doctor/diagnose.ts"), import("../doctor/print-findings.ts")]);
  const findings = await diagnose(readConfig(flags, context.env), context.env);
  const isWell = findings.every(({ status }) => status !== "missing");
  if (json === true) printJson(context, { ok: isWell, findings: findings.map(({ fix = null, ...finding }) => ({ ...finding, fix })) });
  else printFindings(context.terminal.out, findings);
  // A check that took too long may still be at it.
  if (!context.terminal.out.isTerminal) await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  context.exitCode = isWell ? exitCodes.ok : exitCodes.failed;
  process.exitCode = context.exitCode;
  setTimeout(() => process.exit(), lingerMs).unref();
  return context.exitCode;
}

const lingerMs = 300;
