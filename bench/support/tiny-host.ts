import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const author = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"];

const files = {
  "package.json": '{ "name": "tiny", "version": "0.1.0", "private": true, "type": "module" }\n',
  "package-lock.json": '{ "name": "tiny", "version": "0.1.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "tiny", "version": "0.1.0" } } }\n',
  "modules.toml": 'schema = 1\napp = "tiny"\n\n[modules]\n',
  "modyard.toml": 'schema = 1\ntoolchain = "npm"\n\n[registry]\noutput = "generated.ts"\n\n[surfaces.server]\ndirectory = "."\noutput = ["server.js"]\nstart = ["node", "server.js"]\n\n[environments.prod]\ntarget = "process"\nlisten = "127.0.0.1:28090"\n',
  "server.js": 'import { createServer } from "node:http";\ncreateServer((_, answer) => answer.end("{}")).listen(Number(process.env.PORT), process.env.HOST);\n',
};

/** A host whose build does nothing: what it takes is Modyard's own. */
export async function makeTinyHost(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  await git(directory, "init", "--quiet", "--initial-branch=main");
  await git(directory, "add", "--all");
  await git(directory, "commit", "--quiet", "--message", "A host");
}

/** A branch with a commit of its own: two branches of one commit would be one build. */
export async function addBranch(directory: string, name: string): Promise<void> {
  const { stdout } = await git(directory, "commit-tree", "main^{tree}", "-p", "main", "-m", `Branch ${name}`);
  await git(directory, "branch", name, stdout.trim());
}

function git(directory: string, ...args: readonly string[]): Promise<{ readonly stdout: string }> {
  return run("git", [...author, ...args], { cwd: directory });
}
