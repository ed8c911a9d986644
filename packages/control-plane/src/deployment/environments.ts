import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../errors/problem.ts";
import type { EnvironmentDefaults } from "../manifest/host-descriptor.ts";
import type { Environment } from "./environment.ts";
import type { SandboxWish } from "./gateway/sandbox/rules.ts";
import { KnownEnvironments } from "./known-environments.ts";
import { ownerOf } from "./ownership.ts";
import { processTarget } from "./targets/process/process-target.ts";
import type { Target } from "./targets/target.ts";

/** What environments are made from. */
export interface EnvironmentsOptions {
  /** The host's own list, read again whenever it is asked for. */
  readonly defaults: () => Promise<readonly EnvironmentDefaults[]>;
  readonly dataDirectory: string;
  /** The operator's overrides: name -> HOST:PORT. */
  readonly listen: Readonly<Record<string, string>>;
  readonly unpack: (digest: string, directory: string) => Promise<void>;
  /** What applications may see of the machine. */
  readonly sandbox: SandboxWish;
}

/** Every environment of the host, each with its driver. */
export class Environments {
  readonly #options: EnvironmentsOptions;
  readonly #known: KnownEnvironments;
  readonly #targets = new Map<string, Target>();
  /** See `ownerOf`. */
  readonly owner: string;

  constructor(options: EnvironmentsOptions) {
    this.#options = options;
    mkdirSync(options.dataDirectory, { recursive: true });
    this.owner = ownerOf(options.dataDirectory);
    this.#known = new KnownEnvironments(options.defaults, join(options.dataDirectory, "environments.json"));
  }

  async list(): Promise<readonly Environment[]> {
    return (await this.#known.list()).map((settings) => this.#environment(settings));
  }

  async get(name: string): Promise<Environment> {
    const all = await this.#known.list();
    const settings = all.find((each) => each.name === name);
    if (settings !== undefined) return this.#environment(settings);
    return fail("environment_not_found", `there is no environment ${JSON.stringify(name)}; there ${all.length === 1 ? "is" : "are"} ${all.map((each) => each.name).join(", ")}`);
  }

  #environment(defaults: EnvironmentDefaults): Environment {
    const override = this.#options.listen[defaults.name];
    const settings = override === undefined ? defaults : { ...defaults, listen: override };
    const directory = join(this.#options.dataDirectory, "environments", defaults.name);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return { settings, directory, target: this.#target(settings, directory) };
  }

  #target(settings: EnvironmentDefaults, directory: string): Target {
    const key = `${settings.name} ${settings.target} ${settings.listen ?? ""}`;
    const known = this.#targets.get(key);
    if (known !== undefined) return known;
    const target = makeTarget(settings, directory, this.#options);
    this.#targets.set(key, target);
    return target;
  }
}

function makeTarget(settings: EnvironmentDefaults, directory: string, { unpack, sandbox }: EnvironmentsOptions): Target {
  if (settings.target !== "process") {
    return fail("target_not_available", `environment ${settings.name} wants the target ${settings.target}, which this version cannot drive`);
  }
  return processTarget({ environment: settings.name, directory, listen: settings.listen ?? "127.0.0.1:8080", unpack, sandbox });
}
