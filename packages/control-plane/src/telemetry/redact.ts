const patterns: readonly (readonly [RegExp, string])[] = [
  // user:password@ in addresses
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi, "$1***@"],
  // Over HTTP a user without a password is a token.
  [/(\bhttps?:\/\/)[^\s/@:]+:?@/gi, "$1***@"],
  [/(\b(?:_authToken|_auth|_password)\s*=\s*)\S+/gi, "$1***"],
  [/(\bauthorization:\s*(?:bearer|basic)\s+)\S+/gi, "$1***"],
  [/(\bbearer\s+)[\w.~+/-]{16,}=*/gi, "$1***"],
  [/\b(?:npm_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36,}|mya_[A-Za-z0-9_-]{20,}|whsec_[A-Za-z0-9+/=]{16,})/g, "***"],
];

/** Takes secrets out of a line before it is stored: those known by value, and what looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, "***");
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}
