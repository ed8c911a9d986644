import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { TestControlPlane } from "../../support/control-plane.ts";
import { serveGit } from "../../support/git-http.ts";
import { hostGit } from "../../support/host-git.ts";
import { writePublishedModule, type PublishedModule } from "../../support/published-module.ts";
import { startRegistry } from "../../support/registry.ts";
import { openRelay } from "../../support/relay.ts";

/** How the registry is: it answers, nothing listens there, or it takes connections and says nothing. */
export type RegistryState = "up" | "down" | "silent";

/** A host whose people use a registry and a git server of their own. */
export interface RegistryWorld {
  readonly plane: TestControlPlane;
  /** Address of a git repository with the module `wiki`, tagged v1.0.0 and v1.1.0. */
  readonly wiki: string;
  publish(...modules: readonly PublishedModule[]): Promise<void>;
  /** From now on; connections that are open are cut. */
  become(state: RegistryState): void;
  close(): Promise<void>;
}

/** What a name or a description may try. */
export const hostile = {
  name: '<img src=x onerror="document.title=`taken`">\u202Eeliforp\u202C',
  description: `<script>document.title = "taken"</script><b>bold</b> \u202Eright to left\u202C ${"verylongwordwithoutanyspace".repeat(30)}`,
  readme: [
    "# A readme",
    '<script>document.title = "taken"</script>',
    '<img src="x" onerror="document.title=`taken`"> <iframe src="https://example.com"></iframe>',
    "[a link](javascript:document.title=`taken`) and [another](https://example.com/docs)",
    "![a picture](https://example.com/tracker.png)",
    `${"unbrokenword".repeat(40)}`,
  ].join("\n\n"),
} as const;

/** Nothing of it is a module. */
async function writeLibrary(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "package.json"), `${JSON.stringify({ name: "@acme/left-trim", version: "3.1.4", description: "Trims text on its left.", license: "ISC", main: "index.js", keywords: ["acme", "text"] })}\n`);
  await writeFile(join(directory, "index.js"), "module.exports = (text) => text.trimStart();\n");
}

/** Opens everything, with the host's base live. Search goes to the registry once the base is there: what the host itself is made of comes from elsewhere. */
export async function openRegistryWorld(): Promise<RegistryWorld> {
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  let state: RegistryState = "up";
  const places = { down: new URL("http://127.0.0.1:1"), silent: new URL(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`) };
  const registry = await startRegistry();
  const relay = await openRelay(() => (state === "up" ? new URL(registry.url) : places[state]));
  const plane = await TestControlPlane.open({ deployed: true, prepareHost: (host) => useRegistry(host, relay.url), env: { npm_config_fetch_retries: "0" } });
  const git = await serveGit(join(plane.root, "git"));
  await writeWiki(join(plane.root, "git", "wiki.git"));
  await plane.end("SIGTERM");
  await plane.start({ npm_config_registry: `${relay.url}/` });
  const library = join(plane.root, "packages", "left-trim");
  await writeLibrary(library);
  await registry.publish(library);
  return {
    plane,
    wiki: `${git.url}/wiki.git`,
    async publish(...modules) {
      for (const module of modules) {
        const directory = join(plane.root, "packages", module.slug);
        await writePublishedModule(directory, module);
        await registry.publish(directory);
      }
    },
    become(next) {
      state = next;
      relay.cut();
    },
    async close() {
      relay.cut();
      await plane.close();
      await Promise.all([relay.close(), registry.stop(), git.stop()]);
      mute.close();
    },
  };
}

async function useRegistry(host: string, url: string): Promise<void> {
  await appendFile(join(host, ".npmrc"), `@acme:registry=${url}/\n`);
  await hostGit(host, "commit", "--quiet", "--all", "--message", "A registry of our own");
}

async function writeWiki(directory: string): Promise<void> {
  await writePublishedModule(directory, { slug: "wiki", version: "1.0.0", readme: "# Wiki\n\nPages that everybody edits.\n" });
  await hostGit(directory, "init", "--quiet", "--initial-branch", "main");
  await hostGit(directory, "add", "--all");
  await hostGit(directory, "commit", "--quiet", "--message", "Version 1.0.0");
  await hostGit(directory, "tag", "v1.0.0");
  await writePublishedModule(directory, { slug: "wiki", version: "1.1.0", readme: "# Wiki\n\nPages that everybody edits.\n" });
  await hostGit(directory, "add", "--all");
  await hostGit(directory, "commit", "--quiet", "--message", "Version 1.1.0");
  await hostGit(directory, "tag", "v1.1.0");
}
