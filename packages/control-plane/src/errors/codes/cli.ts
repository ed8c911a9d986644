/** Errors of commands that work on files. */
export const cliErrors = {
  FILE_UNREADABLE: { title: "The file cannot be read", hint: "Check the path; without one, commands look for modules.toml in the present directory." },
  FILE_UNWRITABLE: { title: "The file cannot be written", hint: "Check the path and its permissions, or choose another file with --output." },
  CATALOG_SKIPPED: { title: "A catalog was not read", hint: "Local commands read catalogs that are files; ask the server for the others." },
  OUTPUT_UNKNOWN: { title: "Where to write is not known", hint: "Give --output FILE or --stdout." },
} as const;
