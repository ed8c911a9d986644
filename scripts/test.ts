import { spawnSync } from "node:child_process";
import { join } from "node:path";

// All tests, by the one command that CI calls too. Arguments are handed to vitest: `npm test -- manifest`.
const vitest = join(import.meta.dirname, "..", "node_modules", "vitest", "vitest.mjs");
const result = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(result.status ?? 1);
