import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A secret of 256 random bits as text, made when it is first wanted and kept in a file that only its owner can read. Two that make it at
 * once end up with one: the file is put in its place whole, and only where none is.
 */
export function provideSecretFile(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(partial, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(partial, { force: true });
  }
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}
