/** A commit that changed a file, and how. */
export interface FileChange {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  /** The commit's message. */
  readonly message: string;
  /** Lines of the unified diff of this file, from its first hunk on, without lines that stayed. */
  readonly diff: readonly string[];
}

/** What `git log --patch` has to tell of each commit for `readFileChanges`. */
export const fileChangeFormat = "%x01%H%x00%an%x00%aI%x00%B%x00";

/** Reads what git told in that format, the newest first. */
export function readFileChanges(told: string): readonly FileChange[] {
  return told.split("\u0001").slice(1).map(toFileChange);
}

function toFileChange(told: string): FileChange {
  const [commit = "", author = "", at = "", message = "", patch = ""] = told.split("\0");
  const lines = patch.split("\n");
  const first = lines.findIndex((line) => line.startsWith("@@"));
  return { commit, author, at, message: message.trim(), diff: first < 0 ? [] : lines.slice(first).filter((line) => /^[-+@]/.test(line)) };
}
