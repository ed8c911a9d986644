import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/example/files.ts";

/**
 * One thing to do of a guide. In its text it is a fenced block: ` ```sh SESSION ` is run, ` ```LANGUAGE SESSION PATH ` is a file
 * to write. Blocks with a language alone only show something.
 */
export interface GuideBlock {
  readonly session: string;
  /** Absent: a block to run. */
  readonly path?: string;
  readonly text: string;
  /** Line of the guide at which the block begins. */
  readonly line: number;
}

export const guideText = (name: string): Promise<string> => readFile(join(repositoryRoot, "docs", "guides", name), "utf8");

/** The blocks of a guide that are to be done, in their order. */
export function blocksOf(text: string): readonly GuideBlock[] {
  return [...text.matchAll(/^```(?<language>\w+) (?<session>\w+)(?: (?<path>\S+))?\n(?<body>[\s\S]*?)^```$/gm)].map(({ groups = {}, index }) => {
    const { language, session = "", path, body = "" } = groups;
    if (path === undefined && language !== "sh") throw new Error(`a block of ${language ?? ""} without a path cannot be run: ${body}`);
    return { session, ...(path === undefined ? {} : { path }), text: body, line: text.slice(0, index).split("\n").length };
  });
}

/** One shell script that does what a reader of the session does. Files are written in their turn; any failure ends it. */
export function scriptOf(blocks: readonly GuideBlock[]): string {
  const parts = blocks.map(({ path, text, line }) => {
    const step = `echo "== line ${line}"`;
    return path === undefined ? `${step}\n${text}` : `${step}\nmkdir -p "$(dirname '${path}')"\ncat > '${path}' <<'END_OF_GUIDE_FILE'\n${text}END_OF_GUIDE_FILE\n`;
  });
  return `set -euo pipefail\n${parts.join("\n")}`;
}
