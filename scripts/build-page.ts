// Builds the admin page unless it is built from exactly these sources already: `node scripts/build-page.ts`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { repositoryRoot } from "./example/files.ts";

const page = join(repositoryRoot, "packages", "admin-ui");
const client = join(repositoryRoot, "packages", "control-plane", "src", "client");
const built = join(repositoryRoot, "packages", "control-plane", "pages", "admin");
const mark = join(built, ".built-from");

/** Builds the page where something of it has changed. */
export function buildPage(): void {
  const sources = hashOf([page, client, join(repositoryRoot, "package-lock.json"), import.meta.filename]);
  if (existsSync(mark) && readFileSync(mark, "utf8") === sources) return;
  console.error("Building the admin page …");
  execFileSync(process.execPath, [join(repositoryRoot, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], {
    cwd: page,
    stdio: ["ignore", 2, 2],
    // Whoever builds it, a test too: what is for development makes the page twice as large.
    env: { ...process.env, NODE_ENV: "production" },
  });
  compressAhead(join(built, "assets"));
  writeFileSync(mark, sources);
}

/** Writes beside each file that gains by it what is sent of it: as small as can be, since it is done once. */
function compressAhead(directory: string): void {
  for (const name of readdirSync(directory).filter((each) => /\.(?:js|css|svg)$/.test(each))) {
    const file = join(directory, name);
    const content = readFileSync(file);
    // Less than this fits a packet either way.
    if (content.length < 1_000) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(content));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

function hashOf(places: readonly string[]): string {
  const hash = createHash("sha256");
  for (const place of places) {
    const files = statSync(place).isFile() ? [place] : readdirSync(place, { recursive: true, withFileTypes: true }).filter((each) => each.isFile() && !each.parentPath.includes("node_modules")).map((each) => join(each.parentPath, each.name)).toSorted();
    for (const file of files) hash.update(file.slice(repositoryRoot.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

if (import.meta.main) buildPage();
