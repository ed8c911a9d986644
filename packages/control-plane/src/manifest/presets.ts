import type { PresetName, SurfaceName } from "./host-descriptor.ts";
import type { WrittenSurface } from "./schema/host.ts";

/** What a preset says in place of the file, in the file's own words. */
export interface Preset {
  readonly toolchain: "npm" | "cargo";
  readonly registry: { readonly output: string };
  readonly surfaces: Readonly<Partial<Record<SurfaceName, WrittenSurface>>>;
}

const NPM_SERVER = {
  build: ["npm", "run", "build"],
  test: ["npm", "test"],
  output: ["dist"],
  start: ["node", "dist/main.js"],
};

/** The usual layouts. What a file writes itself always wins over its preset. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  // One `npm run build` in the root builds every workspace, so the user interfaces need no commands of their own.
  "npm-workspaces": {
    toolchain: "npm",
    registry: { output: "apps/server/src/modules/generated.ts" },
    surfaces: {
      server: { directory: "apps/server", ...NPM_SERVER },
      admin: { directory: "apps/admin", output: ["dist"] },
      storefront: { directory: "apps/storefront", output: ["dist"] },
    },
  },
  npm: {
    toolchain: "npm",
    registry: { output: "src/modules/generated.ts" },
    surfaces: { server: { directory: ".", ...NPM_SERVER } },
  },
  // Profile, target and package are the manifest's: the cargo toolchain adds them, and puts the program at `bin/server`.
  cargo: {
    toolchain: "cargo",
    registry: { output: "apps/server/src/modules/generated.rs" },
    surfaces: {
      server: { directory: "apps/server", build: ["cargo", "build", "--locked"], test: ["cargo", "test", "--locked"], output: ["bin/server"], start: ["bin/server"] },
    },
  },
};
