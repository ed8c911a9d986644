import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateRegistry } from "../../packages/control-plane/src/codegen/generate-registry.ts";
import { unwrap } from "../../packages/control-plane/src/errors/problem.ts";
import { parseHostDescriptor } from "../../packages/control-plane/src/manifest/parse-host-descriptor.ts";
import { parseManifest } from "../../packages/control-plane/src/manifest/parse-manifest.ts";

/** How a command ended, with all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs npm as a person would. */
export function npm(directory: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile("npm", args, { cwd: directory, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}

/** Installs a module of the tree as a person would without Modyard: one line, the generated files, npm. */
export async function installByHand(directory: string, slug: string): Promise<Ended> {
  const manifestPath = join(directory, "modules.toml");
  const line = `${slug} = { package = "@platform/${slug}", source = "path", path = "modules/${slug}" }\n`;
  const manifest = (await readFile(manifestPath, "utf8")).replace("\n[settings]", `${line}\n[settings]`);
  await writeFile(manifestPath, manifest);
  const host = unwrap(parseHostDescriptor(await readFile(join(directory, "modyard.toml"), "utf8"), "modyard.toml"));
  for (const { path, text } of generateRegistry(unwrap(parseManifest(manifest, manifestPath)), host)) await writeFile(join(directory, path), text);
  return npm(directory, "install", "--workspace", "apps/server", "--ignore-scripts", "--prefer-offline", `./modules/${slug}`);
}

/** The example's server as a process. */
export interface ServerProcess {
  readonly process: ChildProcess;
  /** Rejects with all that was printed when the server ends before it listens. */
  readonly url: Promise<string>;
  readonly ended: Promise<Ended>;
}

export function startServer(directory: string, env: Readonly<Record<string, string>> = {}): ServerProcess {
  const child = spawn(process.execPath, ["dist/main.js"], { cwd: join(directory, "apps", "server"), env: { ...process.env, HOST: "127.0.0.1", PORT: "0", ...env } });
  let output = "";
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  const listening = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data: Buffer) => {
        output += data.toString();
        const url = /listens on (\S+)/.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
  });
  const url = Promise.race([listening, ended.then((end) => Promise.reject(new Error(end.output)))]);
  url.catch(() => {});
  return { process: child, url, ended };
}
