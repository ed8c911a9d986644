import { spawnSync } from "node:child_process";
import { join } from "node:path";

// Types and lint of everything. The structure is checked by a test (test/architecture.test.ts).
const root = join(import.meta.dirname, "..");
const programs = [["tsc", "-p", "."], ["tsc", "-p", "packages/admin-ui"], ["oxlint", "--deny-warnings"]] as const;
for (const [name, ...args] of programs) {
  const result = spawnSync(join(root, "node_modules", ".bin", name), args, { stdio: "inherit", cwd: root });
  if (result.status !== 0) process.exit(result.status ?? 1);
}
