/** Errors of the command line: of files, and of the way to the server. */
export const cliErrors = {
  file_unreadable: { title: "The file cannot be read", hint: "Check the path; without one, commands look for modules.toml in the present directory." },
  file_unwritable: { title: "The file cannot be written", hint: "Check the path and its permissions, or choose another file with --output." },
  catalog_skipped: { title: "A catalog was not read", hint: "Local commands read catalogs that are files; ask the server for the others." },
  output_unknown: { title: "Where to write is not known", hint: "Give --output FILE or --stdout." },
  server_unreachable: { title: "The server cannot be reached", hint: "Start it with `modyard serve`, or name its address with --server URL or MODYARD_URL." },
  server_address_invalid: { title: "Not a server's address", hint: "Write http://HOST:PORT or https://HOST." },
  server_not_understood: { title: "The server's answer is not understood", hint: "Something else may listen at this address, or the server is of another version." },
  environment_not_named: { title: "Which environment is not clear", hint: "Name it with --environment." },
} as const;
