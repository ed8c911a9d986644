import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The secret that signs cookies, made on the first start and kept in a file that only its owner can read. Two first starts at once
 * end up with one: the file is put in its place only where none is.
 */
export function provideSecret(file: string): string {
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
