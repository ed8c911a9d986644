import { stripVTControlCharacters } from "node:util";
import { problem, type Problem } from "../../errors/problem.ts";
import type { ErrorCode } from "../../errors/catalogue.ts";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import { isGitDenied } from "../shared/git-denied.ts";
import { withoutPassword } from "../shared/without-password.ts";

/** npm's own code for a failure -> ours. */
const codes: Readonly<Record<string, ErrorCode>> = {
  E404: "package_not_found",
  ETARGET: "version_not_found",
  ENOVERSIONS: "version_not_found",
  E401: "registry_denied",
  E403: "registry_denied",
  E500: "registry_unreachable",
  E502: "registry_unreachable",
  E503: "registry_unreachable",
  ECONNREFUSED: "registry_unreachable",
  ECONNRESET: "registry_unreachable",
  ENOTFOUND: "registry_unreachable",
  EAI_AGAIN: "registry_unreachable",
  ETIMEDOUT: "registry_unreachable",
  ERR_SOCKET_TIMEOUT: "registry_unreachable",
  ENOTCACHED: "registry_unreachable",
  ENEEDAUTH: "registry_denied",
  SELF_SIGNED_CERT_IN_CHAIN: "registry_unreachable",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "registry_unreachable",
  ERESOLVE: "dependency_conflict",
  EINTEGRITY: "integrity_mismatch",
  EUSAGE: "lockfile_out_of_date",
  ENOSPC: "disk_full",
  EBADENGINE: "dependency_conflict",
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
  if (/no space left on device/i.test(text)) return "disk_full";
  if (/(ls-remote|git clone|git dep|Could not read from remote|unable to access '|git@)/i.test(text) || npmCode === "128") {
    if (isGitDenied(text)) return "git_denied";
    return /(did not match any|couldn't find remote ref|not our ref|pathspec)/i.test(text) ? "git_rev_not_found" : "git_unreachable";
  }
  return "step_failed";
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
