import type { Command } from "commander";
import { runDeployment, withDeploymentOptions, type DeploymentOptions } from "../client/run-deployment.ts";
import { onlyEnvironment } from "../client/environment.ts";
import { clientAction } from "../client/session.ts";
import type { CliContext } from "../command.ts";

export function deployCommand(program: Command, context: CliContext): void {
  const command = program.command("deploy").description("release a build in an environment").argument("<build>", "a successful build's id").argument("[environment]", "where to; needed only when there are several");
  withDeploymentOptions(command).action(
    clientAction<[string, string | undefined], DeploymentOptions>(context, async (session, build, named, options) => {
      const environment = named ?? (await onlyEnvironment(session));
      return runDeployment(session, (body, headers) => session.api.deployBuild({ path: { id: build }, body: { ...body, environment }, headers }), options);
    }),
  );
}
