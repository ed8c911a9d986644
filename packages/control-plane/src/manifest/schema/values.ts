import semver from "semver";
import { text } from "../check/rule.ts";
import { isGitRev, refuseGitAddress } from "../git-address.ts";
import { refuseInnerPath, refuseRelativePath } from "../host-path.ts";
import { isVersionRange } from "../version-range.ts";

/** The name of a module in every file, address and table. */
export const SLUG = /^[a-z][a-z0-9_-]*$/;

const PACKAGE_NAME = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,213}$/;
const CRATE_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export const slugText = text({
  code: "invalid_slug", wrong: "Not a slug", hint: "Write a slug: a lower-case letter, then lower-case letters, digits, `_` or `-`.",
  pattern: SLUG, description: "A module's slug.",
});

export const packageText = text({
  code: "invalid_package_name", wrong: "Not an npm package name", hint: "Write the name as in the package's package.json, such as \"@acme/forum\".",
  pattern: PACKAGE_NAME, refuse: (name) => name === "node_modules" || name === "favicon.ico", description: "The npm package that holds the module.",
});

export const crateText = text({
  code: "invalid_package_name", wrong: "Not a crate name", hint: "Write the name as in the crate's Cargo.toml, such as \"rustok-forum\".",
  pattern: CRATE_NAME, refuse: (name) => ["crate", "self", "super", "Self"].includes(name), description: "The cargo crate that holds the module.",
});

export const rangeText = text({
  code: "invalid_version", wrong: "Not a version or range", hint: 'Write a version or range such as "1.2.3", "^1.2", ">=1, <2", or "*" for any.',
  refuse: (range) => !isVersionRange(range), description: "A version or range of versions.",
});

export const versionText = text({
  code: "invalid_version", wrong: "Not a version", hint: 'Write a whole version such as "1.2.3".',
  refuse: (version) => semver.valid(version) !== version.replace(/\+.*$/, ""), description: "An exact version: major.minor.patch.",
});

export const gitText = text({
  code: "git_url_refused", wrong: "Git address refused", hint: "Write an https://, http://, ssh:// or git@host:path address.",
  refuse: (address) => refuseGitAddress(address) ?? false, description: "Address of the git repository: https://, http://, ssh:// or git@host:path.",
});

export const revText = text({
  code: "invalid_value", wrong: "Not a revision", hint: 'Write a commit, tag or branch, such as "v1.2.0" or a commit id.',
  refuse: (rev) => !isGitRev(rev), description: "Commit, tag or branch.",
});

export const modulePathText = text({
  code: "path_refused", wrong: "Path refused", hint: 'Write the path relative to the manifest, such as "modules/forum".',
  refuse: (path) => refuseRelativePath(path) ?? false, description: "Directory of the module, relative to the manifest.",
});

export const innerPathText = text({
  code: "path_refused", wrong: "Path refused", hint: "Write a path relative to the host's root and inside it.",
  refuse: (path) => refuseInnerPath(path) ?? false, description: "A path relative to the host's root and inside it.",
});

export const featureText = text({
  code: "invalid_value", wrong: "Not a feature's name", hint: 'Write letters, digits, `_`, `-`, `+`, `.`, `:`, `?` or `/`, such as "comments".',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_+.:?/-]*$/, description: "A feature of the package.",
});

export const appText = text({
  code: "invalid_value", wrong: "Not an application's name", hint: 'Write letters, digits, `_`, `-`, `.`, `@` or `/`, such as "rustok-server".',
  pattern: /^[A-Za-z0-9@_][A-Za-z0-9@_./-]*$/, description: "The application (binary or package) that is built.",
});

export const targetText = text({
  code: "invalid_value", wrong: "Not a build target", hint: 'Write a target such as "x86_64-unknown-linux-gnu" or "node22".',
  pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/, description: "Target of the build: a triple for cargo, `node22` for npm.",
});

export const lineText = text({
  code: "invalid_value", wrong: "Not one line of text", hint: "Write some text on one line.",
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  refuse: (line) => line.trim() === "" || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), description: "One line of text.",
});
