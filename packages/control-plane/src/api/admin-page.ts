import fastifyStatic from "@fastify/static";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { pageHeaders } from "./page-headers.ts";

/** Where the page was built to: `node scripts/build-page.ts`; in the package it is there. */
const directory = fileURLToPath(new URL("../../pages/admin/", import.meta.url));

/** The addresses that the page itself knows; it is one document for all of them. */
const places = ["/", "/modules", "/modules/:slug", "/builds", "/builds/:id", "/environments", "/environments/:name", "/releases/:id", "/manifest", "/journal", "/access", "/settings"];

/** Nothing from elsewhere and nothing written into the document; styles of single elements are set by the script, which this allows. */
const headers = pageHeaders("script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'", "same-origin");

const notBuilt = "<!doctype html><title>Modyard</title><p>The admin page was not built. In Modyard's repository: <code>node scripts/build-page.ts</code>, then start again. The API and the command line work without it.</p>";

/** The admin page: files that were built ahead. It holds no secret and asks the API for everything. */
export async function adminPage(app: FastifyInstance): Promise<void> {
  const index = `${directory}index.html`;
  const page = existsSync(index) ? readFileSync(index, "utf8") : notBuilt;
  for (const url of places) serve(app, url, "text/html; charset=utf-8", page);
  if (page === notBuilt) return;
  // The name of everything in assets/ changes with what is in it. Beside it is what was compressed when it was built.
  await app.register(fastifyStatic, { root: `${directory}assets`, prefix: "/assets/", index: false, decorateReply: false, immutable: true, maxAge: "365d", preCompressed: true, schemaHide: true });
  serve(app, "/icon.svg", "image/svg+xml", readFileSync(`${directory}icon.svg`));
  serve(app, "/theme.js", "text/javascript; charset=utf-8", readFileSync(`${directory}theme.js`));
}

/** A file that is asked for anew each time, and sent only when it is another than the browser has. */
function serve(app: FastifyInstance, url: string, type: string, content: string | Buffer): void {
  const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
  app.get(url, { schema: { hide: true } }, (request, reply) => {
    reply.headers({ ...headers, etag });
    return request.headers["if-none-match"] === etag ? reply.status(304).send() : reply.type(type).send(content);
  });
}
