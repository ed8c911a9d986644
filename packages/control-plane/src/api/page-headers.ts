/**
 * Headers of a page: what it may load (`policy`; everything else is forbidden), no other site's frame around it, nothing guessed of its
 * type. It is asked for anew each time: what it loads has names that change.
 */
export function pageHeaders(policy: string, referrerPolicy: "no-referrer" | "same-origin"): Readonly<Record<string, string>> {
  return {
    "content-security-policy": `default-src 'none'; ${policy}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
    "referrer-policy": referrerPolicy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
  };
}
