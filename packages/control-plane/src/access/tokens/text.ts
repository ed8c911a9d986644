import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** `mya_`, 256 bits from the system's random source, and a checksum of all before it: whoever finds one can tell that it is one. */
const withChecksum = /^(mya_[\w-]{43})([0-9A-Za-z]{6})$/;
/** As versions before the checksum made them; they go on being good. */
const withoutChecksum = /^mya_[\w-]{43}$/;

export function newTokenText(): string {
  const text = `mya_${randomBytes(32).toString("base64url")}`;
  return text + checksum(text);
}

/** Whether this can be a token at all: a typing error is told without asking the database. */
export function isTokenText(text: string): boolean {
  const [, body, sum] = withChecksum.exec(text) ?? [];
  return withoutChecksum.test(text) || (body !== undefined && checksum(body) === sum);
}

/** What is kept of a token. Its 256 random bits need no slow hash. */
export function hashToken(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What people may see of a token, to know it again: `mya_AbCd…wXyZ`. */
export function previewOf(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-4)}`;
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** CRC-32 as six digits of base 62. */
function checksum(text: string): string {
  let left = crc32(text);
  let written = "";
  for (let place = 0; place < 6; place += 1) {
    written = `${digits[left % digits.length]}${written}`;
    left = Math.floor(left / digits.length);
  }
  return written;
}
