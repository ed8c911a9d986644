import { problem, type Problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { findNpm, npmCommand } from "./npm-cli.ts";
import { npmNetworkEnvironment } from "./npm-environment.ts";
import { hasCredentialsFor } from "./operator-settings.ts";

/** Who was turned away, and where npm was run: the host's own settings count. */
export interface Denied {
  readonly packageNames: readonly string[];
  readonly directory: string;
  readonly cacheDirectory: string;
}

/** npm names neither the registry that turned it away nor whose credentials those were: both are told here. Other problems stay as they are. */
export async function explainDenied(told: Problem, denied: Denied): Promise<Problem> {
  if (told.code !== "registry_denied") return told;
  const said = told.message.split("; ")[0] ?? "";
  const named = addressesIn(said);
  const addresses = named.length > 0 ? named : await registriesOf(denied);
  const { hint, message } = adviceOn(addresses);
  return problem("registry_denied", `${message}: ${withoutPassword(said)}`, { ...(told.module !== undefined && { module: told.module }), ...(told.details !== undefined && { details: told.details }), hint });
}

function adviceOn(addresses: readonly URL[]): { readonly message: string; readonly hint: string } {
  const known = addresses.filter(hasCredentialsFor);
  const [concerned, what, verb] = known.length > 0 ? [known, "refuses the credentials that Modyard has for it", "Renew"] : [addresses, "wants credentials, and Modyard has none for it", "Add"];
  const origins = concerned.map(({ origin }) => origin);
  const lines = concerned.map(({ host }) => `//${host}/:_authToken=…`);
  if (origins.length === 0) return { message: "The registry wants other credentials", hint: "Renew the token in the .npmrc of the user that runs Modyard, then try again." };
  return { message: `${origins.join(" or ")} ${what}`, hint: `${verb} the token in the .npmrc of the user that runs Modyard, in the line ${lines.join(" or ")} (or in the variable that this line names), then try again.` };
}

function addressesIn(text: string): readonly URL[] {
  const origins = [...withoutPassword(text).matchAll(/https?:\/\/[^\s/;'"]+/g)].flatMap(([found]) => (URL.canParse(found) ? [new URL(found).origin] : []));
  return [...new Set(origins)].map((origin) => new URL(origin));
}

/** The registries that npm asks for these packages, by its own reckoning. */
async function registriesOf({ packageNames, directory, cacheDirectory }: Denied): Promise<readonly URL[]> {
  const npm = await findNpm();
  const scopes = [...new Set(packageNames.flatMap((name) => /^@[^/]+(?=\/)/.exec(name)?.[0] ?? []))];
  const keys = ["registry", ...scopes.map((scope) => `${scope}:registry`)];
  // Twice the first one: of a single key npm tells the value alone.
  const { stdout } = await runTool({ argv: npmCommand(npm, ["config", "get", "registry", ...keys]), cwd: directory, env: { ...toolEnvironment(), ...npmNetworkEnvironment(npm, cacheDirectory) }, timeoutSeconds: 30 });
  const values = new Map(stdout.toString().split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const usual = values.get("registry") ?? "";
  const ofScopes = scopes.map((scope) => values.get(`${scope}:registry`) ?? usual);
  const hasUnscoped = packageNames.length === 0 || packageNames.some((name) => !name.startsWith("@"));
  const addresses = [...ofScopes, ...(hasUnscoped ? [usual] : [])].map((value) => (URL.canParse(value) ? value : usual));
  return [...new Set(addresses)].flatMap((address) => (URL.canParse(address) ? [new URL(address)] : []));
}
