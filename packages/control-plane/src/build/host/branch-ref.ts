import { fail } from "../../errors/problem.ts";

/** What git itself refuses in a branch's name (see git-check-ref-format), told without starting git for it. */
const notInBranch = /^[-/.]|\.\.|@\{|\/[/.]|[\s~^:?*[\\\p{Cc}]|[/.]$|\.lock(\/|$)|^@$/u;

/** A branch's full name. Throws ref_not_found for what git takes for none. */
export function branchRef(branch: string): string {
  const name = branch.startsWith("refs/heads/") ? branch.slice("refs/heads/".length) : branch;
  if (name === "" || notInBranch.test(name)) fail("ref_not_found", `${JSON.stringify(branch)} is not a branch name`);
  return `refs/heads/${name}`;
}
