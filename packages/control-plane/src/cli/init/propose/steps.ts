import { posix } from "node:path";
import { shellWord } from "../../shell-word.ts";
import type { Found, ServerFound } from "../found.ts";
import type { ProposedFile, Step } from "./proposal.ts";

/** What to do after the files are written, in order. */
export function nextSteps(found: Found, server: ServerFound, registry: string, files: readonly ProposedFile[]): readonly Step[] {
  const lockfile = server.toolchain === "npm" ? "package-lock.json" : "Cargo.lock";
  const written = [...files.map(({ path }) => path), ...(server.registry === undefined ? [registry] : []), ...(found.rootFiles.includes(lockfile) ? [] : [lockfile])];
  return [
    ...(found.git.at === "none" ? [{ what: "Make it a git repository", commands: ["git init"] }] : []),
    ...(server.toolchain === "npm" ? npmSteps(found, server, registry) : cargoSteps(found, server, registry)),
    commitStep(found, server, written),
    { what: "Run Modyard, and in a second terminal let it build and deploy", commands: ["modyard serve --host-repo . --data ../modyard-data", 'MODYARD_TOKEN="$(cat ../modyard-data/admin-token)" modyard build'] },
  ];
}

function commitStep({ git, rootFiles }: Found, { toolchain }: ServerFound, written: readonly string[]): Step {
  // All: the package's manifest and lockfile and the server changed as well.
  if (git.at !== "none" && (git.at === "below" || git.commits)) return { what: toolchain === "npm" ? "Commit, and vendor/ too where you keep the runtime there" : "Commit", commands: [`git add ${written.map(shellWord).join(" ")}`, 'git commit --all -m "A host of Modyard"'] };
  const ignored = toolchain === "npm" ? "node_modules/" : "target/";
  return { what: `Commit everything${rootFiles.includes(".gitignore") ? "" : `; write a .gitignore with ${ignored} first`}`, commands: ["git add --all", 'git commit -m "A host of Modyard"'] };
}

function npmSteps(found: Found, { directory, mentions, registry: present }: ServerFound, registry: string): Step[] {
  const own = found.packages.find((each) => each.directory === directory);
  const where = directory === "" ? "" : ` --workspace ${shellWord(directory)}`;
  return [
    ...(own !== undefined && "@modyard/runtime" in own.dependencies ? [] : [{ what: "Let the server use the runtime (the guide has a way for registries without it)", commands: [`npm install${where} @modyard/runtime`] }]),
    { what: present === undefined ? "Write the registry" : "See that the registry is what the manifest asks for", commands: ["modyard generate-registry"] },
    ...(mentions.includes("registerModules") ? [] : [{ what: `In the server, call registerModules of ${registry} and serve /health and /health/modules (guide: Make your application a host)`, commands: [] }]),
    { what: "See that it builds as ever", commands: ["npm install", "npm run build --if-present && npm test --if-present"] },
  ];
}

function cargoSteps({ rootFiles }: Found, { directory, mentions, registry: present }: ServerFound, registry: string): Step[] {
  // Without a lockfile, cargo is to write one.
  const locked = rootFiles.includes("Cargo.lock") ? " --locked" : "";
  return [
    { what: present === undefined ? "Write the registry" : "See that the registry is what the manifest asks for", commands: ["modyard generate-registry"] },
    ...(mentions.includes("register_modules") ? [] : [{ what: `In the server, call register_modules of ${registry} and serve /health and /health/modules (guide: Make your application a host)`, commands: [] }]),
    { what: "See that it builds as ever", commands: [`cargo test${locked}${directory === "" ? "" : ` --manifest-path ${shellWord(posix.join(directory, "Cargo.toml"))}`}`] },
  ];
}
