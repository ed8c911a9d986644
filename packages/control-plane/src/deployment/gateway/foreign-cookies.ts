/**
 * Cookies of the control plane, with whatever prefix (https://www.rfc-editor.org/rfc/rfc6265): `modyard.session_token`, `__Host-modyard.…`. A
 * browser sends a cookie without a name as its value alone: `=modyard.session_token=x` comes back as one of ours.
 */
const ours = /^[\s=]*(?:__(?:Host|Secure)-)?modyard\./i;

/**
 * A `Cookie` header without the control plane's own; undefined when nothing is left. Browsers send cookies to every port of a host: an
 * application beside the control plane would be handed the session of whoever looks at it, and so would every module that it runs.
 */
export function withoutOurCookies(header: string): string | undefined {
  if (!/modyard\./i.test(header)) return header;
  const kept = header.split(";").filter((pair) => !isOurs(pair));
  return kept.length === 0 ? undefined : kept.join(";").trim();
}

/** Whether a pair of a `Cookie` header, or a `Set-Cookie` header, names a cookie of the control plane. */
export function isOurs(cookie: string): boolean {
  return ours.test(cookie);
}
