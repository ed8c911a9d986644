/**
 * What can go wrong in a host's modules. Callers branch on the code; codes keep their meaning for ever.
 *
 * | code | when |
 * | --- | --- |
 * | `MODULE_INVALID` | a definition has a field that is missing or malformed |
 * | `MODULE_DUPLICATE` | two modules have one slug |
 * | `MODULE_DEPENDENCY_MISSING` | a module needs one that is not in the build |
 * | `MODULE_DEPENDENCY_CYCLE` | modules need each other in a circle |
 * | `module_unknown` | a slug that is not in the build |
 * | `MODULE_START_FAILED` | `onStart` or `register` threw, or did not finish in time |
 * | `MODULE_REQUIRED` | a core module was to be disabled |
 * | `MODULE_NEEDS_DEPENDENCIES` | enabling, while the tenant lacks a dependency |
 * | `MODULE_HAS_DEPENDENTS` | disabling, while the tenant uses modules that need it |
 * | `MODULE_HOOK_FAILED` | `onEnable` or `onDisable` threw; what was changed has been undone |
 * | `SERVE_SETTING_INVALID` | PORT or another setting cannot be used |
 * | `SERVE_PORT_IN_USE` | another program listens on the address |
 */
export type RuntimeErrorCode =
  | "MODULE_INVALID"
  | "MODULE_DUPLICATE"
  | "MODULE_DEPENDENCY_MISSING"
  | "MODULE_DEPENDENCY_CYCLE"
  | "module_unknown"
  | "MODULE_START_FAILED"
  | "MODULE_REQUIRED"
  | "MODULE_NEEDS_DEPENDENCIES"
  | "MODULE_HAS_DEPENDENTS"
  | "MODULE_HOOK_FAILED"
  | "SERVE_SETTING_INVALID"
  | "SERVE_PORT_IN_USE";

/** The one error class of the runtime. `modules` holds the slugs concerned, sorted as they are told in the message. */
export class RuntimeError extends Error {
  override readonly name = "RuntimeError";
  readonly code: RuntimeErrorCode;
  readonly modules: readonly string[];

  constructor(code: RuntimeErrorCode, message: string, modules: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.modules = modules;
  }
}

/** What was thrown, as one line of text: anything can be thrown, and logs are read by line. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();
}
