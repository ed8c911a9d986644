import { z } from "zod";

/** A place that a message of rustc's points at. */
export interface Span {
  /** As rustc names it: relative to the workspace's root, or absolute for crates from elsewhere. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly primary: boolean;
  readonly label?: string;
  /** Where the macro was called that this code comes from. */
  readonly calledAt?: Span;
}

/** An error of the compiler or linker. */
export interface RustDiagnostic {
  /** Name of the crate's package. */
  readonly packageName: string;
  readonly message: string;
  /** E.g. `E0433`. */
  readonly code?: string;
  readonly spans: readonly Span[];
  /** Notes and helps that belong to it. */
  readonly notes: readonly string[];
  /** As people see it, with colours. */
  readonly rendered: string;
}

/** A program that cargo built. */
export interface BuiltProgram {
  readonly packageName: string;
  readonly name: string;
  /** Path as the command sees it. */
  readonly executable: string;
}

/** What one line of cargo's messages says. `text` is what a person would have seen. */
export interface CargoMessage {
  readonly text: readonly string[];
  readonly error?: RustDiagnostic;
  readonly program?: BuiltProgram;
  /** A package that was compiled, or found compiled already. */
  readonly compiled?: { readonly packageName: string; readonly fresh: boolean };
}

interface WrittenSpan {
  readonly file_name: string;
  readonly line_start: number;
  readonly column_start: number;
  readonly is_primary: boolean;
  readonly label?: string | null | undefined;
  readonly expansion?: { readonly span: WrittenSpan } | null | undefined;
}

const span: z.ZodType<WrittenSpan> = z.object({
  file_name: z.string(),
  line_start: z.number(),
  column_start: z.number(),
  is_primary: z.boolean(),
  label: z.string().nullish(),
  get expansion() {
    return z.object({ span }).nullish();
  },
});

const compilerMessage = z.object({
  reason: z.literal("compiler-message"),
  package_id: z.string(),
  message: z.object({
    message: z.string(),
    level: z.string(),
    code: z.object({ code: z.string() }).nullish(),
    spans: z.array(span),
    children: z.array(z.object({ message: z.string() })),
    rendered: z.string().nullish(),
  }),
});

const compilerArtifact = z.object({
  reason: z.literal("compiler-artifact"),
  package_id: z.string(),
  target: z.object({ kind: z.array(z.string()), name: z.string() }),
  executable: z.string().nullish(),
  fresh: z.boolean(),
});

const silent: CargoMessage = { text: [] };

/** Reads one line of `--message-format=json…`; undefined when it is none, but something that a program printed. */
export function readCargoMessage(line: string): CargoMessage | undefined {
  if (!/^\{"reason":"(compiler-message|compiler-artifact|build-script-executed|build-finished)"/.test(line)) return undefined;
  const parsed = parseJson(line);
  if (parsed === undefined) return unreadable(line);
  const message = compilerMessage.safeParse(parsed);
  if (message.success) return fromMessage(message.data);
  const artifact = compilerArtifact.safeParse(parsed);
  return artifact.success ? fromArtifact(artifact.data) : silent;
}

/** `registry+ADDRESS#serde@1.0.0`, `path+file:///host/crates/blog#0.1.0`, `git+ADDRESS?rev=x#blog@0.1.0`: the name. */
export function packageNameOf(packageId: string): string {
  const [address = "", fragment = ""] = packageId.split("#");
  const named = /^([^@]+)@/.exec(fragment)?.[1];
  if (named !== undefined) return named;
  // Before cargo 1.77: `serde 1.0.0 (registry+ADDRESS)`.
  const spaced = /^(\S+) \S+ \(/.exec(packageId)?.[1];
  return spaced ?? address.replace(/[?].*$/, "").replace(/\.git$/, "").split("/").at(-1) ?? "";
}

function fromMessage({ package_id, message }: z.infer<typeof compilerMessage>): CargoMessage {
  const rendered = message.rendered ?? "";
  const text = rendered.replace(/\n+$/, "").split("\n");
  if (!message.level.startsWith("error") || message.message.startsWith("aborting due to ")) return { text: rendered.trim() === "" ? [] : text };
  const error: RustDiagnostic = {
    packageName: packageNameOf(package_id),
    message: message.message,
    ...(message.code === null || message.code === undefined ? {} : { code: message.code.code }),
    spans: message.spans.map(toSpan),
    notes: message.children.map((child) => child.message),
    rendered,
  };
  return { text, error };
}

function fromArtifact({ package_id, target, executable, fresh }: z.infer<typeof compilerArtifact>): CargoMessage {
  const packageName = packageNameOf(package_id);
  const program = executable === null || executable === undefined || !target.kind.includes("bin") ? {} : { program: { packageName, name: target.name, executable } };
  return { text: [], compiled: { packageName, fresh }, ...program };
}

function toSpan({ file_name: file, line_start: line, column_start: column, is_primary: primary, label, expansion }: WrittenSpan): Span {
  return { file, line, column, primary, ...(typeof label === "string" ? { label } : {}), ...(expansion === null || expansion === undefined ? {} : { calledAt: toSpan(expansion.span) }) };
}

/** The sandbox cuts lines past all measure: the words that stand first are kept. */
function unreadable(line: string): CargoMessage {
  const packageName = packageNameOf(/"package_id":"([^"]*)"/.exec(line)?.[1] ?? "");
  const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  const isError = line.includes('"level":"error') || message !== undefined && !/"level":"(warning|note|help)"/.test(line);
  if (!line.startsWith('{"reason":"compiler-message"') || message === undefined) return silent;
  const text = `${message} [this message of the compiler is too long to be shown]`;
  return isError ? { text: [`error: ${text}`], error: { packageName, message, spans: [], notes: [], rendered: text } } : { text: [text] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
