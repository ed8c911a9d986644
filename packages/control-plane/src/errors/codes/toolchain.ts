/** Errors of package managers and compilers. */
export const toolchainErrors = {
  TOOLCHAIN_UNKNOWN: { title: "No such toolchain", hint: `Write toolchain = "npm" in modyard.toml.` },
  PACKAGE_NOT_FOUND: { title: "No such package", hint: "Check the package's name, and whether the registry that is set up has it." },
  VERSION_NOT_FOUND: { title: "No such version", hint: "Choose one of the versions that the registry offers." },
  REGISTRY_UNREACHABLE: { title: "The registry does not answer", hint: "Check the network, the registry's address and the credentials, then try again." },
  INTEGRITY_MISMATCH: { title: "A package is not what the lockfile says", hint: "Do not use this package until its publisher or the registry's operator has explained the difference; then update the lockfile." },
  GIT_URL_REFUSED: { title: "Git address refused", hint: "Use an https://, http://, ssh:// or git@host:path address." },
  GIT_UNREACHABLE: { title: "The git repository does not answer", hint: "Check the address and the credentials, then try again." },
  GIT_REV_NOT_FOUND: { title: "No such revision", hint: "Name a commit, tag or branch that exists in the repository." },
  PATH_REFUSED: { title: "Path outside the allowed roots", hint: "Put the module inside the host, or add its directory to path_roots in modyard.toml and allow it on the server." },
  PATH_NOT_FOUND: { title: "No such directory", hint: "Correct the path; it is relative to the host, or to one of the allowed roots." },
  DESCRIPTOR_MISMATCH: { title: "The descriptor disagrees with the manifest", hint: "Make the slug in module.toml and in modules.toml the same." },
  DESCRIPTOR_MISSING: { title: "Not a module", hint: "Add a module.toml with [module] slug, name and version to the package." },
  LOCKFILE_OUT_OF_DATE: { title: "The lockfile does not fit", hint: "Update the lockfile with the package manager and commit it." },
  DEPENDENCY_CONFLICT: { title: "The package manager cannot satisfy all dependencies", hint: "Choose versions that agree; the lines shown name the packages." },
  COMPILE_FAILED: { title: "The compiler refused the program", hint: "Correct the file and line shown, or leave the module out." },
  TESTS_FAILED: { title: "Tests failed", hint: "Correct the module that the failing test belongs to, or leave it out." },
} as const;
