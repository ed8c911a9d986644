/** What cargo 1.95 prints when it cannot resolve or fetch, as it came, but for paths and addresses. */
export const cargoFailures = {
  noSuchCrate: `    Updating crates.io index
error: no matching package named \`rustok-nope-xyz\` found
location searched: crates.io index
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  noSuchCrateOfModule: `    Updating crates.io index
error: no matching package named \`itoaa-x-none\` found
location searched: crates.io index
required by package \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/blog)\``,
  otherSpelling: `    Updating crates.io index
error: no matching package found
searched package name: \`serde-json\`
perhaps you meant:      serde_json
location searched: crates.io index
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  otherCrateInPath: `error: no matching package named \`rustok-other\` found
location searched: /run/modyard/workspace/crates/blog
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  otherCrateInGit: `    Updating git repository \`http://git.example.org/x.git\`
error: no matching package named \`wikki\` found
location searched: Git repository http://git.example.org/x.git
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  noSuchVersion: `    Updating crates.io index
error: failed to select a version for the requirement \`itoa = "^9"\`
candidate versions found which didn't match: 1.0.18, 1.0.17, 1.0.16, ...
location searched: crates.io index
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  withdrawnVersion: `    Updating \`corp\` index
error: failed to select a version for the requirement \`foo = "^1"\`
  version 1.0.0 is yanked
location searched: \`corp\` index
required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  noSuchFeature: `    Updating crates.io index
error: failed to select a version for \`itoa\`.
    ... required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`^1\` are: 1.0.18, 1.0.17, 1.0.16, 1.0.15, 1.0.14, 1.0.13, 1.0.12, 1.0.11, 1.0.10, 1.0.9, 1.0.8, 1.0.7, 1.0.6, 1.0.5, 1.0.4, 1.0.3, 1.0.2, 1.0.1, 1.0.0

package \`host-server\` depends on \`itoa\` with feature \`wurst\` but \`itoa\` does not have that feature.


failed to select a version for \`itoa\` which could resolve this conflict`,
  misspeltFeature: `    Updating crates.io index
error: failed to select a version for \`serde\`.
    ... required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`^1\` are: 1.0.229, 1.0.228, 1.0.227, 1.0.226, 1.0.225, 1.0.224, 1.0.223, 1.0.222, 1.0.221, 1.0.220, 1.0.219, 1.0.218, 1.0.217, 1.0.216, 1.0.215, 1.0.214, 1.0.213, 1 …

package \`host-server\` depends on \`serde\` with feature \`serde_derivee\` but \`serde\` does not have that feature.
 package \`serde\` does have feature \`serde_derive\`


failed to select a version for \`serde\` which could resolve this conflict`,
  featureIsDependency: `    Updating crates.io index
error: failed to select a version for \`rustok-blog\`.
    ... required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`*\` are: 0.1.0

package \`host-server\` depends on \`rustok-blog\` with feature \`itoa\` but \`rustok-blog\` does not have that feature.
 A required dependency with that name exists, but only optional dependencies can be used as features.


failed to select a version for \`rustok-blog\` which could resolve this conflict`,
  noSuchFeatureOfModule: `    Updating crates.io index
error: failed to select a version for \`itoa\`.
    ... required by package \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/blog)\`
    ... which satisfies path dependency \`rustok-blog\` of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`^1\` are: 1.0.18, 1.0.17, 1.0.16, 1.0.15, 1.0.14, 1.0.13, 1.0.12, 1.0.11, 1.0.10, 1.0.9, 1.0.8, 1.0.7, 1.0.6, 1.0.5, 1.0.4, 1.0.3, 1.0.2, 1.0.1, 1.0.0

package \`rustok-blog\` depends on \`itoa\` with feature \`zz\` but \`itoa\` does not have that feature.


failed to select a version for \`itoa\` which could resolve this conflict`,
  featureOfNothing: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to parse manifest at \`/run/modyard/workspace/crates/blog/Cargo.toml\`

Caused by:
  feature \`x\` includes \`nothing\` which is neither a dependency nor another feature`,
  conflict: `    Updating crates.io index
error: failed to select a version for \`itoa\`.
    ... required by package \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/blog)\`
    ... which satisfies path dependency \`rustok-blog\` of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`=1.0.1\` are: 1.0.1

all possible versions conflict with previously selected packages.

  previously selected package \`itoa v1.0.2\`
    ... which satisfies dependency \`itoa = "=1.0.2"\` of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

failed to select a version for \`itoa\` which could resolve this conflict`,
  nativeLibrary: `    Updating crates.io index
error: failed to select a version for \`libz-sys\`.
    ... required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`^1\` are: 1.1.31, 1.1.30, 1.1.29, 1.1.28, 1.1.27, 1.1.25, 1.1.24, 1.1.23, 1.1.22, 1.1.21, 1.1.20, 1.1.19, 1.1.18, 1.1.16, 1.1.15, 1.1.14, 1.1.13, 1.1.12, 1.1.11, 1. …

package \`libz-sys\` links to the native library \`z\`, but it conflicts with a previous package which links to \`z\` as well:
package \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/blog)\`
    ... which satisfies path dependency \`rustok-blog\` of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
Only one package in the dependency graph may specify the same links value. This helps ensure that only one copy of a native library is linked in the final binary. Try to adjust your dependencies so th …

failed to select a version for \`libz-sys\` which could resolve this conflict`,
  nativeLibraryLocked: `error: Attempting to resolve a dependency with more than one crate with links=z.
This will not build as is. Consider rebuilding the .lock file.`,
  circle: `error: cyclic package dependency: package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\` depends on itself. Cycle:
package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
    ... which satisfies path dependency \`host-server\` of package \`rustok-blog v0.1.0 (/run/modyard/workspace/crates/blog)\`
    ... which satisfies path dependency \`rustok-blog\` of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\``,
  tooNewForRust: `error: rustc 1.95.0 is not supported by the following package:
  rustok-blog@0.1.0 requires rustc 1.200`,
  pathMissing: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to read \`/run/modyard/workspace/crates/none/Cargo.toml\`

Caused by:
  No such file or directory (os error 2)`,
  pathAboveHost: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to load manifest for dependency \`shared\`

Caused by:
  failed to read \`/run/modyard/shared/Cargo.toml\`

Caused by:
  No such file or directory (os error 2)`,
  notToml: `error: extra \`=\`, expected nothing
 --> crates/blog/Cargo.toml:5:5
  |
5 | x = = 1
  |     ^
error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\``,
  noName: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to parse manifest at \`/run/modyard/workspace/crates/blog/Cargo.toml\`

Caused by:
  missing field \`package.name\``,
  unknownEdition: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to parse manifest at \`/run/modyard/workspace/crates/blog/Cargo.toml\`

Caused by:
  failed to parse the \`edition\` key

Caused by:
  supported edition values are \`2015\`, \`2018\`, \`2021\`, or \`2024\`, but \`2099\` is unknown`,
  twoRoots: `error: multiple workspace roots found in the same workspace:
  /run/modyard/workspace/crates/blog
  /run/modyard/workspace`,
  inheritsNothing: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`rustok-blog\`

Caused by:
  failed to parse manifest at \`/run/modyard/workspace/crates/blog/Cargo.toml\`

Caused by:
  error inheriting \`foo\` from workspace root manifest's \`workspace.dependencies.foo\`

Caused by:
  \`workspace.dependencies\` was not defined`,
  inheritsFromNoRoot: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to load manifest for dependency \`foo\`

Caused by:
  failed to parse manifest at \`/elsewhere/outside/Cargo.toml\`

Caused by:
  error inheriting \`serde\` from workspace root manifest's \`workspace.dependencies.serde\`

Caused by:
  failed to find a workspace root`,
  gitUnreachable: `    Updating git repository \`http://git.example.org/x.git\`
fatal: unable to access 'http://git.example.org/x.git/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
warning: spurious network error (3 tries remaining): process didn't exit successfully: \`git fetch --tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/*:refs/remotes/origin/*' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: unable to access 'http://git.example.org/x.git/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
warning: spurious network error (2 tries remaining): process didn't exit successfully: \`git fetch --tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/*:refs/remotes/origin/*' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: unable to access 'http://git.example.org/x.git/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
warning: spurious network error (1 try remaining): process didn't exit successfully: \`git fetch --tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/*:refs/remotes/origin/*' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: unable to access 'http://git.example.org/x.git/': Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server
error: failed to get \`x\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  failed to load source for dependency \`x\`

Caused by:
  unable to update http://git.example.org/x.git?rev=0123456789012345678901234567890123456789

Caused by:
  failed to clone into: /run/modyard/cargo/git/db/x-0450fe80bc15d5c5

Caused by:
  process didn't exit successfully: \`git fetch --tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/*:refs/remotes/origin/*' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)`,
  noSuchCommit: `    Updating git repository \`http://git.example.org/x.git\`
From http://git.example.org/x.git/
 * [new branch]      master     -> origin/master
 * [new ref]                    -> origin/HEAD
error: failed to get \`wiki\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  failed to load source for dependency \`wiki\`

Caused by:
  unable to update http://git.example.org/x.git?rev=0123456789012345678901234567890123456789

Caused by:
  revspec '0123456789012345678901234567890123456789' not found; class=Reference (4); code=NotFound (-3)`,
  noSuchBranch: `    Updating git repository \`http://git.example.org/x.git\`
fatal: couldn't find remote ref refs/heads/none
warning: spurious network error (3 tries remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/none:refs/remotes/origin/none'\` (exit status: 128)
fatal: couldn't find remote ref refs/heads/none
warning: spurious network error (2 tries remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/none:refs/remotes/origin/none'\` (exit status: 128)
fatal: couldn't find remote ref refs/heads/none
warning: spurious network error (1 try remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/none:refs/remotes/origin/none'\` (exit status: 128)
fatal: couldn't find remote ref refs/heads/none
error: failed to get \`wiki\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  failed to load source for dependency \`wiki\`

Caused by:
  unable to update http://git.example.org/x.git?branch=none

Caused by:
  failed to fetch into: /run/modyard/cargo/git/db/_empty-a5014365b898d22b

Caused by:
  process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/x.git' '+refs/heads/none:refs/remotes/origin/none'\` (exit status: 128)`,
  noSuchRepository: `    Updating git repository \`http://git.example.org/none.git\`
fatal: repository 'http://git.example.org/none.git/' not found
warning: spurious network error (3 tries remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/none.git' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: repository 'http://git.example.org/none.git/' not found
warning: spurious network error (2 tries remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/none.git' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: repository 'http://git.example.org/none.git/' not found
warning: spurious network error (1 try remaining): process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/none.git' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)
fatal: repository 'http://git.example.org/none.git/' not found
error: failed to get \`wiki\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  failed to load source for dependency \`wiki\`

Caused by:
  unable to update http://git.example.org/none.git

Caused by:
  failed to clone into: /run/modyard/cargo/git/db/none-20f919021b9bfe11

Caused by:
  process didn't exit successfully: \`git fetch --no-tags --force --update-head-ok 'http://git.example.org/none.git' '+HEAD:refs/remotes/origin/HEAD'\` (exit status: 128)`,
  registryUnreachable: `    Updating crates.io index
warning: spurious network error (3 tries remaining): [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)
warning: spurious network error (2 tries remaining): [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)
warning: spurious network error (1 try remaining): [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)
error: failed to get \`itoa\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  download of config.json failed

Caused by:
  failed to download from \`https://index.example.org/config.json\`

Caused by:
  [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)`,
  registryWantsCredentials: `    Updating \`corp\` index
error: failed to get \`foo\` as a dependency of package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`

Caused by:
  authenticated registries require a credential-provider to be configured
  see https://doc.rust-lang.org/cargo/reference/registry-authentication.html for details`,
  registryUndefined: `error: failed to load manifest for workspace member \`/run/modyard/workspace/apps/server\`
referenced by workspace at \`/run/modyard/workspace/Cargo.toml\`

Caused by:
  failed to parse manifest at \`/run/modyard/workspace/apps/server/Cargo.toml\`

Caused by:
  registry index was not found in any configuration: \`corp2\``,
  checksumOfLockfile: `error: checksum for \`itoa v1.0.10\` changed between lock files

this could be indicative of a few possible errors:

    * the lock file is corrupt
    * a replacement source in use (e.g., a mirror) returned a different checksum
    * the source itself may be corrupt in one way or another

unable to verify that \`itoa v1.0.10\` is the same as when the lockfile was generated`,
  checksumOfDownload: `    Updating \`corp\` index
     Locking 1 package to latest compatible version
 Downloading crates ...
  Downloaded foo v1.0.0 (registry \`corp\`)
error: failed to verify the checksum of \`foo v1.0.0 (registry \`corp\`)\``,
  lockfileTooNew: `error: failed to parse lock file at: /run/modyard/workspace/Cargo.lock

Caused by:
  lock file version \`9\` was found, but this version of Cargo does not understand this lock file, perhaps Cargo needs to be updated?`,
  lockfileNotToml: `error: failed to parse lock file at: /run/modyard/workspace/Cargo.lock

Caused by:
  TOML parse error at line 21, column 3
     |
  21 | x x
     |   ^
  key with no value, expected \`=\``,
  lockfileOutOfDate: `    Updating crates.io index
error: cannot create the lock file /run/modyard/workspace/Cargo.lock because --locked was passed to prevent this
help: to generate the lock file without accessing the network, remove the --locked flag and use --offline instead.`,
  diskFull: `    Updating crates.io index
warning: failed to write cache, path: /run/modyard/cargo/registry/index/registry-1949cf8c6b5b557f/.cache/se/rd/serde_json, error: No space left on device (os error 28)
warning: failed to save last-use data
This may prevent cargo from accurately tracking what is being used in its global cache. This information is used for automatically removing unused data in the cache.

database or disk is full

Caused by:
  Error code 13: database or disk is full
     Locking 11 packages to latest compatible versions
 Downloading crates ...
  Downloaded itoa v1.0.18
error: No space left on device (os error 28)`,
  unknownPlatform: `error: failed to run \`rustc\` to learn about target-specific information

Caused by:
  process didn't exit successfully: \`/opt/rust/bin/rustc - --crate-name ___ --print=file-names --target nope-none-x --crate-type bin --print=cfg -Wwarnings\` (exit status: 1)
  --- stderr
  error: error loading target specification: could not find specification for target "nope-none-x"
    |
    = help: run \`rustc --print target-list\` for a list of built-in targets`,
  noRoot: "error: could not find `Cargo.toml` in `/run/modyard/workspace` or any parent directory",
  olderFeatureForm: `error: failed to select a version for \`rustok-blog\`.
    ... required by package \`host-server v0.1.0 (/run/modyard/workspace/apps/server)\`
versions that meet the requirements \`*\` are: 0.1.0

the package \`host-server\` depends on \`rustok-blog\`, with features: \`wurst\` but \`rustok-blog\` does not have these features.


failed to select a version for \`rustok-blog\` which could resolve this conflict`,
} as const;
