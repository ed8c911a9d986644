import type { FastifyRequest } from "fastify";
import { fail } from "../../errors/problem.ts";

/** Methods that change nothing. */
const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses, by foreign_origin, a request that changes something and that a page of another site made a browser send. Browsers say
 * where a request comes from in `Sec-Fetch-Site` and `Origin`, and no page can change what they say. A page of the same site under
 * another name or port is another site, too. `strict`: who says neither is refused as well, for what a cookie pays for.
 */
export function assertSameOrigin(request: FastifyRequest, publicUrl: string | undefined, strict: boolean): void {
  if (safe.has(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin" || (site === "none" && !strict)) return;
  const { origin } = request.headers;
  if (site === undefined && origin === undefined && !strict) return;
  // Without encryption browsers leave out the first, and older ones do not know it.
  if (site === undefined && origin !== undefined && isOwn(origin, request, publicUrl)) return;
  const from = origin ?? (site === undefined ? "nobody knows where" : `a ${String(site)} page`);
  fail("foreign_origin", `the request comes from ${from}, not from a page of this installation`);
}

/** Under the public name only as the public address has it: a page that came without encryption may be anybody's. */
function isOwn(origin: string, { host }: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && host === new URL(publicUrl).host) return origin === publicUrl;
  return origin === publicUrl || URL.parse(origin)?.host === host;
}
