import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provideSecretFile } from "../../processes/secret-file.ts";

/** The key under which webhooks' secrets lie in the database: whoever reads only the database, or a copy of it, cannot sign. */
export interface SecretKey {
  /** Names the key and tells nothing of it. */
  readonly id: string;
  seal(text: string): string;
  /** Undefined: not sealed by this key, or changed. */
  open(sealed: string): string | undefined;
}

/** A key from its text: `MODYARD_WEBHOOK_KEY`, or the file's. */
function secretKey(text: string): SecretKey {
  const key = createHash("sha256").update(`modyard webhook secrets ${text.trim()}`).digest();
  return {
    id: createHash("sha256").update(key).digest("hex").slice(0, 16),
    seal: (plain) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    },
    open: (sealed) => {
      try {
        const whole = Buffer.from(sealed, "base64");
        const decipher = createDecipheriv("aes-256-gcm", key, whole.subarray(0, 12), { authTagLength: 16 }).setAuthTag(whole.subarray(12, 28));
        return Buffer.concat([decipher.update(whole.subarray(28)), decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}

/** Where a process finds its key. */
export interface KeyPlace {
  readonly dataDirectory: string;
  /** MODYARD_WEBHOOK_KEY, where several machines have one database. */
  readonly webhookKey?: string;
}

/** The key of this process; undefined where no webhook was ever made with this data directory. */
export function findSecretKey({ dataDirectory, webhookKey }: KeyPlace): SecretKey | undefined {
  if (webhookKey !== undefined) return secretKey(webhookKey);
  const text = readKeyFile(dataDirectory);
  return text === undefined ? undefined : secretKey(text);
}

/** The key of this process, made when there is none yet. Of two that make it at once both get the same. */
export function provideSecretKey(place: KeyPlace): SecretKey {
  const found = findSecretKey(place);
  if (found !== undefined) return found;
  return secretKey(provideSecretFile(keyFile(place.dataDirectory)));
}

function readKeyFile(dataDirectory: string): string | undefined {
  try {
    return readFileSync(keyFile(dataDirectory), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function keyFile(dataDirectory: string): string {
  return join(dataDirectory, "webhook-key");
}
