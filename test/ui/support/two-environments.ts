import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { TestControlPlane } from "../../support/control-plane.ts";
import { freePort } from "../../support/free-port.ts";
import { hostGit } from "../../support/host-git.ts";

/** A server with the example live in `prod` (unless it is not to be deployed), and an empty `staging` beside it. It has the same address when it is started again. */
export async function openTwoEnvironments({ deployed = true }: { readonly deployed?: boolean } = {}): Promise<TestControlPlane> {
  const listen = `127.0.0.1:${await freePort()}`;
  return TestControlPlane.open({
    deployed,
    modules: ["broken-compile"],
    args: ["--port", String(await freePort()), "--environment", `staging=${listen}`],
    prepareHost: async (directory) => {
      await appendFile(join(directory, "modyard.toml"), `\n[environments.staging]\ntarget = "process"\nlisten = "${listen}"\nobserve_seconds = 1\n`);
      await hostGit(directory, "commit", "--quiet", "--all", "--message", "An environment to try things in");
    },
  });
}
