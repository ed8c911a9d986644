import { dirname } from "node:path/posix";
import { problem, type Problem } from "../../errors/problem.ts";
import { allOf, type CargoFailure, type FailureContext, moduleAmong, moduleHolding } from "./cargo-failure.ts";

/** Failures about Cargo.toml files: missing, not valid, or of another workspace. */
export function manifestProblem(failure: CargoFailure, context: FailureContext): Problem | undefined {
  return unknownPlatform(failure) ?? noRoot(failure) ?? manyRoots(failure, context) ?? missing(failure, context) ?? withPlace(failure, context) ?? invalid(failure, context);
}

function unknownPlatform({ text }: CargoFailure): Problem | undefined {
  if (!/error loading target specification|could not find specification for target/.test(text)) return undefined;
  const name = /could not find specification for target "([^"]+)"/.exec(text)?.[1] ?? /--target (\S+)/.exec(text)?.[1];
  return problem("compile_failed", `rustc knows no target ${name ?? "of this name"}`, { hint: "Correct build.target in modules.toml: `rustc --print target-list` shows what there is." });
}

function noRoot({ text }: CargoFailure): Problem | undefined {
  if (!/could not find `Cargo\.toml` in/.test(text)) return undefined;
  return problem("cargo_manifest_invalid", "The host has no Cargo.toml at its root", { location: { file: "Cargo.toml" }, hint: "Make the root a cargo workspace: a Cargo.toml with [workspace] and `members`, the server among them." });
}

function manyRoots({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  if (!text.includes("multiple workspace roots found")) return undefined;
  const inside = allOf(text, /^ {2}(\/.+)$/gm).flatMap((root) => context.inHost(`${root}/Cargo.toml`) ?? []).filter((file) => file !== "Cargo.toml");
  const [file] = inside;
  return problem("cargo_manifest_invalid", `${file ?? "A crate"} is the root of a workspace inside the host's own`, {
    ...(file === undefined ? {} : { location: { file }, ...moduleHolding(context, file) }),
    hint: `Take [workspace] out of it, or write its directory into \`exclude\` below [workspace] in the host's Cargo.toml.`,
  });
}

function missing({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const path = /failed to read `([^`]+Cargo\.toml)`\n+Caused by:\n\s+No such file/.exec(text)?.[1];
  if (path === undefined) return undefined;
  const names = allOf(text, /failed to load manifest for dependency `([^`]+)`/g);
  const module = moduleAmong(context, names.toReversed());
  const file = context.inHost(path);
  if (file === undefined) return problem("path_not_found", `${names.at(-1) ?? "A dependency"} has a path that leads out of the host's repository, and builds see nothing else`, { ...module, hint: "Move the crate into the repository, or take it from git or a registry." });
  return problem("path_not_found", `There is no crate in ${dirname(file)}`, { ...(module.module === undefined ? moduleHolding(context, file) : module), hint: "Correct the path in the Cargo.toml that names it; it is relative to that file." });
}

/** A syntax error: cargo shows the line. */
function withPlace({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const [, message = "", path, line, column] = /^error: (.+)\n\s*--> (.+Cargo\.toml):(\d+):(\d+)$/m.exec(text) ?? [];
  if (path === undefined) return undefined;
  const file = context.inHost(path) ?? path;
  return problem("cargo_manifest_invalid", `${file} is not valid: ${message}`, { location: { file, line: Number(line), column: Number(column) }, ...moduleHolding(context, file) });
}

function invalid({ text }: CargoFailure, context: FailureContext): Problem | undefined {
  const path = allOf(text, /failed to parse manifest at `([^`]+)`/g).at(-1);
  if (path === undefined) return undefined;
  const inHost = context.inHost(path);
  const file = inHost ?? `the Cargo.toml of ${allOf(text, /failed to load manifest for dependency `([^`]+)`/g).at(-1) ?? "a dependency"}`;
  const causes = text.split(/Caused by:\n/).slice(1).map((cause) => cause.trim()).filter((cause) => !/^failed to (parse manifest|load manifest)/.test(cause));
  const why = causes.map((cause) => cause.split("\n")[0] ?? "").join(": ");
  const named = moduleAmong(context, allOf(text, /failed to load manifest for dependency `([^`]+)`/g).toReversed());
  const holding = inHost === undefined ? {} : moduleHolding(context, inHost);
  const hint = hintFor(why);
  return problem("cargo_manifest_invalid", `${file} is not valid: ${why}`, { ...(inHost === undefined ? {} : { location: { file: inHost } }), ...named, ...holding, ...(hint === undefined ? {} : { hint }) });
}

function hintFor(why: string): string | undefined {
  if (/edition/.test(why)) return "Write an edition that the host's Rust knows, or build with a newer one (rust-toolchain.toml names it).";
  if (/inherit|workspace root/.test(why)) return "Write the value itself, or add it to [workspace.package] or [workspace.dependencies] of the host's Cargo.toml.";
  return undefined;
}
