/** What `modyard init` finds in a repository that is to become a host. */
export const initErrors = {
  directory_expected: { title: "Not a directory that can be looked at", hint: "Name the repository's root directory, or run the command in it." },
  host_not_recognised: { title: "No application was found", hint: "Run it in the root of a Node or Rust repository: one with a package.json or a Cargo.toml." },
  server_not_found: { title: "No server was found", hint: "Name its directory with --server DIRECTORY." },
  package_unreadable: { title: "A file of the repository cannot be read", hint: "Correct the file if it belongs to the host; it was left out of the proposal." },
  look_cut_short: { title: "The repository is too large to be looked through", hint: "What was found is proposed. Add what is missing by hand." },
  module_left_out: { title: "A module cannot be in the manifest", hint: "Correct its name or its module.toml, then run `modyard init` again or write it into modules.toml." },
  package_manager_unsupported: { title: "Only npm is supported", hint: "Move to npm: delete the other lockfile and node_modules, write plain versions in place of `workspace:`, run `npm install`, and commit package-lock.json." },
  workspace_missing: { title: "The root does not build the server", hint: "Make the root a workspace that has the server as a member." },
  runtime_missing: { title: "The server does not know modules yet", hint: "Add @modyard/runtime to the server's dependencies; the guide \"Make your application a host\" shows the rest." },
  test_script_fails: { title: "The test script always fails", hint: "Write tests, or let the script be `node --test`: it passes when there are none." },
  health_missing: { title: "The server does not report its modules", hint: "Serve /health and /health/modules; the guide \"Make your application a host\" shows how." },
  repository_missing: { title: "Not a git repository", hint: "Run `git init`, and commit everything." },
  repository_root_elsewhere: { title: "Not the root of the git repository", hint: "Run `modyard init` in the root: modyard.toml and modules.toml belong there." },
} as const;
