import { findProgram } from "../../build/sandbox/find-program.ts";

/** What this machine installs programs with, and what they are called there. */
export interface Installer {
  /** The command that installs these, as somebody types it. */
  command(...tools: readonly Tool[]): string;
}

export type Tool = "git" | "npm" | "cargo" | "cc" | "util-linux" | "iproute2" | "node";

interface PackageManager {
  readonly program: string;
  readonly install: string;
  /** Whether packages are the machine's and root must install them. */
  readonly asRoot: boolean;
  readonly packages: Readonly<Record<Tool, string>>;
}

const managers: readonly PackageManager[] = [
  {
    program: "apt-get",
    install: "apt-get install -y",
    asRoot: true,
    packages: { git: "git", npm: "npm", cargo: "cargo", cc: "gcc libc6-dev", "util-linux": "util-linux", iproute2: "iproute2", node: "nodejs" },
  },
  {
    program: "dnf",
    install: "dnf install -y",
    asRoot: true,
    packages: { git: "git", npm: "npm", cargo: "cargo", cc: "gcc", "util-linux": "util-linux", iproute2: "iproute", node: "nodejs" },
  },
  {
    program: "apk",
    install: "apk add",
    asRoot: true,
    packages: { git: "git", npm: "npm", cargo: "cargo", cc: "build-base", "util-linux": "util-linux setpriv", iproute2: "iproute2", node: "nodejs" },
  },
  {
    program: "brew",
    install: "brew install",
    asRoot: false,
    packages: { git: "git", npm: "node", cargo: "rust", cc: "gcc", "util-linux": "util-linux", iproute2: "iproute2mac", node: "node" },
  },
];

/** Finds the machine's package manager; without one the answer says in words what to install. */
export async function findInstaller(path: string, isRoot: boolean): Promise<Installer> {
  // The administrator's folders need not be on the PATH of who asks.
  const places = [path, "/usr/bin", "/usr/sbin", "/sbin", "/opt/homebrew/bin", "/usr/local/bin"].filter(Boolean).join(":");
  for (const manager of managers) {
    if ((await findProgram(manager.program, "/", places)) !== undefined) return { command: (...tools) => commandOf(manager, tools, isRoot) };
  }
  return { command: (...tools) => `install ${tools.join(", ")} with this machine's package manager` };
}

function commandOf({ install, asRoot, packages }: PackageManager, tools: readonly Tool[], isRoot: boolean): string {
  return `${asRoot && !isRoot ? "sudo " : ""}${install} ${tools.map((tool) => packages[tool]).join(" ")}`;
}
