/** Errors of the four TOML files. */
export const manifestErrors = {
  TOML_SYNTAX: { title: "Not valid TOML", hint: "Correct the syntax at the place shown; the file must be strict TOML 1.0." },
} as const;
