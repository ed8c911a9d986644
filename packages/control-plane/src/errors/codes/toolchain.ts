/** Errors of package managers and compilers. */
export const toolchainErrors = {
  toolchain_unknown: { title: "No such toolchain", hint: `Write toolchain = "npm" in modyard.toml.` },
  package_not_found: { title: "No such package", hint: "Check the package's name, and whether the registry that is set up has it." },
  version_not_found: { title: "No such version", hint: "Choose one of the versions that the registry offers." },
  registry_unreachable: { title: "The registry does not answer", hint: "Check the network, the registry's address and the credentials, then try again." },
  integrity_mismatch: { title: "A package is not what the lockfile says", hint: "Do not use this package until its publisher or the registry's operator has explained the difference; then update the lockfile." },
  git_url_refused: { title: "Git address refused", hint: "Use an https://, http://, ssh:// or git@host:path address." },
  git_unreachable: { title: "The git repository does not answer", hint: "Check the address and the credentials, then try again." },
  git_rev_not_found: { title: "No such revision", hint: "Name a commit, tag or branch that exists in the repository." },
  path_refused: { title: "Path outside the allowed roots", hint: "Put the module inside the host, or add its directory to path_roots in modyard.toml and allow it on the server." },
  path_not_found: { title: "No such directory", hint: "Correct the path; it is relative to the host, or to one of the allowed roots." },
  descriptor_mismatch: { title: "The descriptor disagrees with the manifest", hint: "Make the slug in module.toml and in modules.toml the same." },
  descriptor_missing: { title: "Not a module", hint: "Add a module.toml with [module] slug, name and version to the package." },
  lockfile_out_of_date: { title: "The lockfile does not fit", hint: "Update the lockfile with the package manager and commit it." },
  dependency_conflict: { title: "The package manager cannot satisfy all dependencies", hint: "Choose versions that agree; the lines shown name the packages." },
  compile_failed: { title: "The compiler refused the program", hint: "Correct the file and line shown, or leave the module out." },
  tests_failed: { title: "Tests failed", hint: "Correct the module that the failing test belongs to, or leave it out." },
} as const;
