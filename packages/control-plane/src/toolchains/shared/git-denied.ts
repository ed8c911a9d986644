import { problem, type Problem, type ProblemFacts } from "../../errors/problem.ts";
import { withoutPassword } from "./without-password.ts";

/** What git, ssh and the usual servers say to who may not read a repository, or not with these credentials. */
const refusals = /authentication failed|could not read (username|password)|terminal prompts disabled|invalid (username|credentials)|permission denied \(|access denied|requested URL returned error: 40[13]|HTTP Basic: Access denied|host key verification failed/i;

/** Whether git was turned away for want of credentials: whoever renews them helps, and waiting does not. */
export function isGitDenied(said: string): boolean {
  return refusals.test(said);
}

/** Tells which server refused, and where whoever runs the control plane puts credentials for it. */
export function gitDenied(address: string, said: string, facts: ProblemFacts = {}): Problem {
  const origin = originOf(address);
  const ssh = /^(ssh:\/\/|[^/]+@[^/]+:)/.test(address);
  const where = ssh ? "an ssh key that the server knows, and the server's key in known_hosts" : "a token by a credential helper of git, or in its .netrc";
  return problem("git_denied", `${origin} does not show ${withoutPassword(address)} with the credentials that there are${said === "" ? "" : `: ${said}`}`, {
    hint: `Give the user that runs Modyard ${where}, or renew what it has for ${origin}: \`git ls-remote ${withoutPassword(address)}\` as that user must answer without a question. Then try again.`,
    ...facts,
  });
}

/** `https://git.example:8443` of an address; the host's name of `git@host:path`. */
function originOf(address: string): string {
  const clean = withoutPassword(address).replace(/^git\+/, "");
  return /^[a-z+]+:\/\/[^/]+/i.exec(clean)?.[0] ?? /^(?:[^@/]+@)?([^:/]+):/.exec(clean)?.[1] ?? clean;
}
