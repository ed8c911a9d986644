import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new directory that every user may pass through, as a database server needs it when the tests run as root. */
export function openDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `modyard-${name}-`));
  chmodSync(directory, 0o755);
  return directory;
}
