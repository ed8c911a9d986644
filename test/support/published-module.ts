import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A module as its author publishes it: compiled, with types and a descriptor. */
export interface PublishedModule {
  readonly slug: string;
  readonly version: string;
  /** What module.toml says; the slug where absent. */
  readonly descriptorSlug?: string;
  /** Lifecycle scripts of its package.json. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** What people read of it. */
  readonly name?: string;
  readonly description?: string;
  readonly readme?: string;
  /** More tables of module.toml. */
  readonly tables?: string;
}

/** The package's name of a module that tests publish. */
export const publishedName = (slug: string): string => `@acme/${slug}`;

/**
 * Writes a module's package into a directory, in place of what an earlier version left there. In the application
 * `GET /SLUG` tells its version, and whether a script of the package left a file `script-ran` beside it.
 */
export async function writePublishedModule(directory: string, { slug, version, descriptorSlug = slug, scripts = {}, name = `Published ${slug}`, description = `Published ${slug}.`, readme, tables = "" }: PublishedModule): Promise<void> {
  const packageJson = {
    name: publishedName(slug),
    version,
    description,
    license: "MIT",
    type: "module",
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./module.toml": "./module.toml", "./package.json": "./package.json" },
    files: ["dist", "module.toml"],
    peerDependencies: { "@modyard/runtime": "^0.1.0" },
    scripts,
  };
  await write(directory, {
    "package.json": `${JSON.stringify(packageJson, null, 2)}\n`,
    "module.toml": `[module]\nslug = "${descriptorSlug}"\nname = ${JSON.stringify(name)}\ndescription = ${JSON.stringify(description)}\nversion = "${version}"\n\n[compat]\nserver = ">=0.1.0 <0.2.0"\n${tables}`,
    ...(readme !== undefined && { "README.md": readme }),
    "dist/index.d.ts": `import type { ModuleDefinition } from "@modyard/runtime";\nexport declare const module: ModuleDefinition;\n`,
    "dist/index.js": `import { existsSync } from "node:fs";
import { defineModule, json } from "@modyard/runtime";

const scriptRan = existsSync(new URL("../script-ran", import.meta.url));
export const module = defineModule({
  slug: "${slug}",
  name: ${JSON.stringify(name)},
  description: ${JSON.stringify(description)},
  version: "${version}",
  routes: [{ method: "GET", path: "/", handle: () => json({ version: "${version}", scriptRan }) }],
});
`,
  });
}

async function write(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}
