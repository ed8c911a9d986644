import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findRustTools } from "../../packages/control-plane/src/toolchains/cargo/rust-tools.ts";
import { repositoryRoot } from "../example/files.ts";
import type { ExampleName } from "../example/example-host.ts";

/** What the demo shows: one of the example hosts. */
export interface DemoHost {
  readonly example: ExampleName;
  /** Where the demo lives unless told otherwise; absolute. */
  readonly directory: string;
  /** Where the control plane and the platform listen unless somebody else does. */
  readonly ports: { readonly api: number; readonly platform: number };
  /** Said before the first build, in lines, where that takes long. */
  readonly firstBuild?: readonly string[];
  /** What must be there first, in lines for people: what is missing, and how to get it. Nothing is missing where there is no line. */
  readonly missing: () => Promise<readonly string[]>;
}

const demoDirectory = join(repositoryRoot, ".demo");

export const demoHosts = {
  node: { example: "node-platform", directory: demoDirectory, ports: { api: 4600, platform: 8080 }, missing: () => Promise.resolve([]) },
  rust: {
    example: "rust-platform",
    directory: join(demoDirectory, "rust"),
    ports: { api: 4610, platform: 8090 },
    firstBuild: ["The first time, cargo downloads and compiles everything: a minute or two.", "Later builds compile what changed."],
    missing: missingForRust,
  },
} as const satisfies Readonly<Record<string, DemoHost>>;

/** By the same search as builds, so that what it finds is what they use. */
async function missingForRust(): Promise<readonly string[]> {
  const tools = await findRustTools(join(repositoryRoot, "examples", "rust-platform"));
  const rust = tools.ok ? [] : tools.problems.map(({ message, hint }) => `${message}. ${hint ?? ""}`);
  const linker = "cc is not installed on this machine, which cargo links programs with. Install a C compiler with the packages of your system, e.g. apt-get install gcc libc6-dev.";
  return [...rust, ...(starts("cc") ? [] : [linker])];
}

function starts(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
