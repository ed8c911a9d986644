import type { HostDescriptor } from "../../manifest/host-descriptor.ts";

/** Makes rustc's messages readable for programs, with the text that people see inside. */
const messageFormat = "--message-format=json-diagnostic-rendered-ansi";

/** Options of cargo itself that take the next argument as their value. */
const globalWithValue = new Set(["--config", "-Z", "-C", "--color"]);

/** What says which packages to build; each also in the form `--name=value`. */
const selections = ["-p", "--package", "--workspace", "--all", "--bin", "--bins", "--manifest-path"];

/** What a host's `cargo build` and `cargo test` get where they do not say it themselves. */
export interface Completion {
  readonly packages: readonly string[];
  readonly profile: "release" | "debug";
  readonly target?: string;
}

/** One command to run, complete. */
export interface HostCommand {
  readonly argv: readonly [string, ...string[]];
  /** The crates that it compiles with what they need; absent when that cannot be told: then any of the workspace. */
  readonly packages?: readonly string[];
}

/** The commands of one kind of all surfaces, complete, each once however many surfaces share it. `packages` are what the server's command is about. */
export function hostCommands({ surfaces }: Pick<HostDescriptor, "surfaces">, kind: "build" | "test", completion: Completion): HostCommand[] {
  const commands = new Map<string, HostCommand>();
  for (const surface of surfaces) {
    const [program, ...args] = surface[kind] ?? [];
    if (program === undefined) continue;
    const argv = program === "cargo" ? completeCargo(args, surface.name === "server" ? completion : { ...completion, packages: [] }) : args;
    const packages = program === "cargo" ? packagesOf(argv) : undefined;
    commands.set(JSON.stringify([program, ...argv]), { argv: [program, ...argv], ...(packages === undefined ? {} : { packages }) });
  }
  return [...commands.values()];
}

/** Completes the arguments of `cargo build` and `cargo test`; those of other subcommands stay as they are. */
export function completeCargo(args: readonly string[], { packages, profile, target }: Completion): string[] {
  if (subcommandOf(args) === undefined) return [...args];
  const end = args.indexOf("--");
  const own = withoutMessageFormat(end < 0 ? args : args.slice(0, end));
  const rest = end < 0 ? [] : args.slice(end);
  return [
    ...own,
    ...(has(own, ["--locked", "--frozen"]) ? [] : ["--locked"]),
    ...(has(own, selections) ? [] : packages.flatMap((name) => ["-p", name])),
    ...(profile === "release" && !has(own, ["--release", "-r", "--profile"]) ? ["--release"] : []),
    ...(target === undefined || has(own, ["--target"]) ? [] : ["--target", target]),
    messageFormat,
    ...rest,
  ];
}

/** `build` or `test`, also by their short names; undefined for every other subcommand. */
export function subcommandOf(args: readonly string[]): "build" | "test" | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (globalWithValue.has(arg)) index += 1;
    else if (!arg.startsWith("-")) return arg === "build" || arg === "b" ? "build" : arg === "test" || arg === "t" ? "test" : undefined;
  }
  return undefined;
}

/** The crates that the arguments name; undefined where they leave it to the workspace. */
function packagesOf(args: readonly string[]): string[] | undefined {
  if (subcommandOf(args) === undefined || has(args, ["--workspace", "--all", "--manifest-path"])) return undefined;
  const named = args.flatMap((arg, index) => {
    if (arg === "-p" || arg === "--package") return [args[index + 1] ?? ""];
    return arg.startsWith("--package=") ? [arg.slice("--package=".length)] : /^-p./.test(arg) ? [arg.slice(2)] : [];
  });
  return named.length === 0 || named.some((name) => !/^[A-Za-z0-9_-]+$/.test(name)) ? undefined : named;
}

/** Which form messages have is ours to say: a host's own wish would leave them unread. */
function withoutMessageFormat(args: readonly string[]): string[] {
  return args.filter((arg, index) => !arg.startsWith("--message-format") && args[index - 1] !== "--message-format");
}

function has(args: readonly string[], names: readonly string[]): boolean {
  return args.some((arg) => names.some((name) => arg === name || arg.startsWith(`${name}=`) || (name === "-p" && /^-p./.test(arg))));
}
