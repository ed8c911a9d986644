import { access, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { ModyardError, problem } from "../../errors/problem.ts";
import { runTool } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import { readPackageJson } from "./package-json.ts";

/** The machine's npm, run with the control plane's own Node so that both always fit. */
export interface NpmCli {
  /** Absolute path of npm's `npm-cli.js`. */
  readonly script: string;
  readonly version: string;
  /** The npmrc of the installation, which npm would look for beside its own Node and not beside ours. */
  readonly globalConfig: string;
  /** Where programs are found during a build: `npm` itself may lie outside the sandbox's path. */
  readonly path: string;
}

let found: Promise<NpmCli> | undefined;

/** Finds npm once. Throws command_not_found when this machine has none. */
export function findNpm(): Promise<NpmCli> {
  found ??= find();
  return found;
}

/** The argument list that runs npm. */
export function npmCommand(npm: NpmCli, args: readonly string[]): [string, ...string[]] {
  return [process.execPath, npm.script, ...args];
}

async function find(): Promise<NpmCli> {
  const script = await findScript();
  if (script === undefined) throw new ModyardError(problem("command_not_found", "npm is not installed on this machine", { hint: "Install Node.js with npm, and make sure that npm is on the PATH of the control plane." }));
  const installation = dirname(dirname(script));
  const version = (await readPackageJson(installation))?.version ?? "unknown";
  // PREFIX/lib/node_modules/npm
  const prefix = dirname(dirname(dirname(installation)));
  const programs = await npmPrograms(prefix);
  const path = [...new Set([dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin", ...programs])].join(delimiter);
  return { script, version, globalConfig: process.env["npm_config_globalconfig"] ?? join(prefix, "etc", "npmrc"), path };
}

async function npmPrograms(prefix: string): Promise<string[]> {
  const directory = join(prefix, "bin");
  return (await exists(join(directory, "npm"))) ? [directory] : [];
}

async function findScript(): Promise<string | undefined> {
  const beside = dirname(process.execPath);
  const outer = process.env["npm_execpath"];
  const candidates = [
    ...(outer?.endsWith("npm-cli.js") === true ? [outer] : []),
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "npm"),
    ...(process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, "npm")),
  ];
  for (const candidate of candidates) {
    const file = await realpath(candidate).catch(() => undefined);
    if (file?.endsWith("npm-cli.js") === true) return file;
  }
  return scriptBehindShim();
}

/** Version managers put a small program of their own on the PATH; it knows where npm is. */
async function scriptBehindShim(): Promise<string | undefined> {
  const { exitCode, stdout } = await runTool({ argv: ["npm", "root", "--global"], env: toolEnvironment(), timeoutSeconds: 60 });
  const script = join(stdout.toString().trim(), "npm", "bin", "npm-cli.js");
  return exitCode === 0 && (await exists(script)) ? script : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
