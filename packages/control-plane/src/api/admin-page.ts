import fastifyStatic from "@fastify/static";
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
  for (const url of places) app.get(url, { schema: { hide: true } }, (_request, reply) => reply.headers(headers).type("text/html; charset=utf-8").send(page));
  if (page === notBuilt) return;
  // The name of everything in assets/ changes with what is in it.
  await app.register(fastifyStatic, { root: `${directory}assets`, prefix: "/assets/", index: false, decorateReply: false, immutable: true, maxAge: "365d", schemaHide: true });
  for (const [url, type] of [["/icon.svg", "image/svg+xml"], ["/theme.js", "text/javascript; charset=utf-8"]] as const) {
    const text = readFileSync(`${directory}${url.slice(1)}`);
    app.get(url, { schema: { hide: true } }, (_request, reply) => reply.headers(headers).type(type).send(text));
  }
}
