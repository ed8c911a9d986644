import type { GitError } from "../../processes/git.ts";

/** What the receiving side said: its own lines, and git's reason in `push --porcelain`: `! SOURCE:DEST [remote rejected] (reason)`. */
export function refusalOf(error: GitError): string {
  const reasons = error.stdout.split("\n").flatMap((line) => /^!\t[^\t]*\t(.*)$/.exec(line)?.[1] ?? []);
  const remote = error.stderr.split("\n").flatMap((line) => /^remote: (.*\S)/.exec(line)?.[1] ?? []).slice(-3);
  return reasons.length === 0 ? lastWords(error) : [...reasons, ...remote].join(" ");
}

/** What git says after every failure of a remote, whatever the reason was. */
const generalities = /^(fatal: Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.|)$/;

/** The last of what git said that tells something, in one line. */
export function lastWords(error: GitError): string {
  const lines = error.stderr.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => !generalities.test(line));
  return (telling.length === 0 ? lines : telling).slice(-3).join(" ").replaceAll(/\s+/g, " ").trim();
}
