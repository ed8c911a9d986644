import { fail } from "../../errors/problem.ts";
import type { Session } from "./session.ts";

/** The host's environment, when it has just one. Throws environment_not_named otherwise. */
export async function onlyEnvironment({ api }: Session): Promise<string> {
  const { environments } = await api.listEnvironments();
  const [only, other] = environments;
  if (only !== undefined && other === undefined) return only.name;
  return fail("environment_not_named", `there are ${environments.length} environments: ${environments.map(({ name }) => name).join(", ")}`);
}
