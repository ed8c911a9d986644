/** One generated file: path relative to the host's root with `/`, and its whole text with `\n` line ends. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
