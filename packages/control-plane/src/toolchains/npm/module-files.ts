/** The files of a module that say what it is, as text; nothing of the module runs. */
export interface ModuleFiles {
  readonly moduleToml: string | undefined;
  readonly packageJson: string | undefined;
  readonly readme?: string | undefined;
  /** What problems call the place, e.g. `modules/forum` or `@acme/forum@1.2.0`. */
  readonly place: string;
}
