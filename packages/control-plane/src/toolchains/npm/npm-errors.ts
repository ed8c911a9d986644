import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import type { ErrorCode } from "../../errors/catalogue.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { withoutPassword } from "../shared/git-mirror.ts";

/** npm's own code for a failure -> ours. */
const codes: Readonly<Record<string, ErrorCode>> = {
  E404: "PACKAGE_NOT_FOUND",
  ETARGET: "VERSION_NOT_FOUND",
  ENOVERSIONS: "VERSION_NOT_FOUND",
  E401: "REGISTRY_UNREACHABLE",
  E403: "REGISTRY_UNREACHABLE",
  E500: "REGISTRY_UNREACHABLE",
  E502: "REGISTRY_UNREACHABLE",
  E503: "REGISTRY_UNREACHABLE",
  ECONNREFUSED: "REGISTRY_UNREACHABLE",
  ECONNRESET: "REGISTRY_UNREACHABLE",
  ENOTFOUND: "REGISTRY_UNREACHABLE",
  EAI_AGAIN: "REGISTRY_UNREACHABLE",
  ETIMEDOUT: "REGISTRY_UNREACHABLE",
  ERR_SOCKET_TIMEOUT: "REGISTRY_UNREACHABLE",
  ENOTCACHED: "REGISTRY_UNREACHABLE",
  ENEEDAUTH: "REGISTRY_UNREACHABLE",
  SELF_SIGNED_CERT_IN_CHAIN: "REGISTRY_UNREACHABLE",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "REGISTRY_UNREACHABLE",
  ERESOLVE: "DEPENDENCY_CONFLICT",
  EINTEGRITY: "INTEGRITY_MISMATCH",
  EUSAGE: "LOCKFILE_OUT_OF_DATE",
  ENOSPC: "DISK_FULL",
  EBADENGINE: "DEPENDENCY_CONFLICT",
};

/** What npm printed about its failure, told as a problem of the catalogue with the module concerned. */
export function npmProblem(output: readonly string[], modules: readonly ModuleSpec[]): Problem {
  const lines = output.map((line) => stripVTControlCharacters(line));
  const errors = lines.flatMap((line) => /^npm (?:error|ERR!) ?(.*)$/.exec(line)?.slice(1, 2) ?? []);
  const npmCode = errors.flatMap((line) => /^code (\S+)/.exec(line)?.[1] ?? [])[0] ?? "";
  const text = errors.join("\n");
  const code = codeOf(npmCode, text);
  const module = moduleNamed(text, modules);
  const said = errors.filter((line) => worthTelling(line)).slice(0, 6).map((line) => line.replace(/^\d{3} /, "").trim()).join("; ");
  const message = said === "" ? `npm failed${npmCode === "" ? "" : ` with ${npmCode}`}` : withoutPassword(said);
  return problem(code, message, { ...(module === undefined ? {} : { module: module.slug }), details: { npmCode } });
}

function codeOf(npmCode: string, text: string): ErrorCode {
  const known = codes[npmCode];
  if (known !== undefined) return known;
  if (/no space left on device/i.test(text)) return "DISK_FULL";
  if (/(ls-remote|git clone|git dep|Could not read from remote|unable to access '|git@)/i.test(text) || npmCode === "128") {
    return /(did not match any|couldn't find remote ref|not our ref|pathspec)/i.test(text) ? "GIT_REV_NOT_FOUND" : "GIT_UNREACHABLE";
  }
  return "STEP_FAILED";
}

function worthTelling(line: string): boolean {
  return line.trim() !== "" && !/^(code |errno |syscall |A complete log|Log files|For a full report|path |command |Note that you can also)/.test(line);
}

function moduleNamed(text: string, modules: readonly ModuleSpec[]): ModuleSpec | undefined {
  const names = modules.filter(({ packageName }) => packageName !== "");
  const decoded = text.replaceAll(/%2f/gi, "/");
  const byName = names.find(({ packageName }) => new RegExp(`(^|[\\s'"/:(])${escape(packageName)}(?=$|[\\s'"@:/).,])`, "m").test(decoded));
  return byName ?? names.find(({ git }) => git !== undefined && withoutPassword(decoded).includes(withoutPassword(git)));
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
