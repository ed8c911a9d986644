// Compiles the installed modules, then the server, then lays out the two static surfaces.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** From scratch each time, so that what comes out depends on the sources alone and not on what was built before. */
function compile(project) {
  try {
    execFileSync(process.execPath, [tsc, "--build", "--force", project], { cwd: root, stdio: "inherit" });
  } catch {
    process.exit(1);
  }
}

rmSync(join(root, ".build"), { recursive: true, force: true });
compile("tsconfig.modules.json");
compile("apps/server");
for (const surface of ["admin", "storefront"]) {
  const directory = join(root, "apps", surface);
  rmSync(join(directory, "dist"), { recursive: true, force: true });
  cpSync(join(directory, "src"), join(directory, "dist"), { recursive: true });
}
