import type { Problem } from "../../../errors/problem.ts";

/** One line of a proposed file, and why it is so. */
export interface Decision {
  /** The key's path, such as `surfaces.server.output`. */
  readonly key: string;
  readonly because: string;
}

/** A file that is proposed; it is not there yet. */
export interface ProposedFile {
  /** `modyard.toml` or `modules.toml`. */
  readonly path: string;
  readonly text: string;
  readonly decisions: readonly Decision[];
}

/** Something to do next, by hand: words, and commands to copy where there are any. */
export interface Step {
  readonly what: string;
  readonly commands: readonly string[];
}

/** What `modyard init` proposes for a repository. Plain data. */
export interface Proposal {
  readonly files: readonly ProposedFile[];
  /** What was found and decided, that is no line of a file. */
  readonly notes: readonly string[];
  /** What stands between this repository and its first build. */
  readonly problems: readonly Problem[];
  readonly steps: readonly Step[];
}
