import type { Command } from "commander";
import { runDeployment, withDeploymentOptions, type DeploymentOptions } from "../client/run-deployment.ts";
import { clientAction } from "../client/session.ts";
import type { CliContext } from "../command.ts";

export function deployCommand(program: Command, context: CliContext): void {
  const command = program.command("deploy").description("release a build in an environment").argument("<build>", "a successful build's id").argument("<environment>", "where to");
  withDeploymentOptions(command).action(
    clientAction<[string, string], DeploymentOptions>(context, (session, build, environment, options) => runDeployment(session, `/admin/builds/${encodeURIComponent(build)}/deploy`, { environment }, options)),
  );
}
