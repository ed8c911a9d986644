import { findProgram } from "../../../build/sandbox/find-program.ts";
import { preparedDirectory } from "../../targets/process/prepare.ts";
import { marker } from "../marked-processes.ts";
import type { RunnableRelease } from "../protocol.ts";
import { enterSandbox, sandboxAbility } from "./ability.ts";
import { openLaunch, readLaunch } from "./launch-script.ts";
import { sandboxLayout } from "./layout.ts";
import type { SandboxRules, SandboxWish } from "./rules.ts";

/** What to start as the application's process. */
export interface ApplicationStart {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** To be the process's descriptor 3. The caller closes it. */
  readonly launch?: number;
  /** Why it is started without a sandbox. */
  readonly unprotected?: string;
}

/** Says how the applications of one gateway are started: in a sandbox, unless the operator or the machine does not want it. */
export class ApplicationStarter {
  /** What the operator lets applications see; undefined: the control plane is of a version that never said. */
  wish: SandboxWish | undefined;
  readonly #directory: string;

  /** Begins to find out what the machine can do, so that the first start need not wait for it. */
  constructor(gatewayDirectory: string, wish: SandboxWish | undefined) {
    this.#directory = gatewayDirectory;
    this.wish = wish;
    if (typeof wish === "object") void sandboxAbility();
  }

  get state(): "asked" | "off" {
    return typeof this.wish === "object" ? "asked" : "off";
  }

  /** Throws like `spawn` when there is no such program: the sandbox could only tell it in its own words. */
  async startOf(release: RunnableRelease, env: Readonly<Record<string, string>>): Promise<ApplicationStart> {
    if (typeof this.wish !== "object") return { argv: release.command, env, unprotected: this.wish === "off" ? "the operator turned it off" : "the gateway's settings are of an earlier version" };
    const { namespaces, missing } = await sandboxAbility();
    if (namespaces === undefined) return { argv: release.command, env, unprotected: missing.join("; ") };
    return this.#sandboxed(release, env, namespaces, this.wish);
  }

  async #sandboxed(release: RunnableRelease, env: Readonly<Record<string, string>>, namespaces: readonly string[], rules: SandboxRules): Promise<ApplicationStart> {
    const [program] = release.command;
    if ((await findProgram(program, release.directory, env["PATH"] ?? "")) === undefined) throw new Error(`spawn ${program} ENOENT`);
    const layout = sandboxLayout(rules, { gatewayDirectory: this.#directory, artifact: preparedDirectory(this.#directory, release.artifactDigest) });
    return {
      argv: enterSandbox(namespaces, layout, release.directory, readLaunch),
      env: { PATH: trustedPath(), ...marksOf(env) },
      launch: openLaunch(this.#directory, { command: release.command, env }),
    };
  }
}

/** Where the programs are that lay out the sandbox: never the host's word. */
function trustedPath(): string {
  return process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
}

/** By which the process is found again from its first moment on. */
function marksOf(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries([marker.gateway, marker.release, "PORT"].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
