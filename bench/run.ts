// Every bench, one after the other: `npm run bench`, or some of them: `npm run bench -- rollback dedup`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const all = ["manifest", "pipeline", "rollback", "dedup", "gateway", "cargo", "queue", "api", "journal", "scale", "page"];
const wanted = process.argv.slice(2);
for (const name of wanted.length === 0 ? all : wanted) {
  if (!all.includes(name)) {
    console.error(`there is no bench ${name}; there are ${all.join(", ")}`);
    process.exit(2);
  }
  console.log(`\n── ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
