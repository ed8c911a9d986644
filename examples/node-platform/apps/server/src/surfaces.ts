import type { FastifyInstance } from "fastify";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const appsDirectory = fileURLToPath(new URL("../../", import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Serves the built files of `apps/<directory>/dist` below the prefix. They are few, so they are read once and each gets
 * a route of its own: no request can name another file. A surface that is deployed elsewhere is simply not there.
 */
export function mountSurface(fastify: FastifyInstance, surface: { readonly directory: string; readonly prefix: string }): void {
  const dist = join(appsDirectory, surface.directory, "dist");
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) {
    const type = contentTypes[extname(name)];
    if (type === undefined) continue;
    const body = readFileSync(join(dist, name));
    fastify.get(name === "index.html" ? surface.prefix || "/" : `${surface.prefix}/${name}`, (_request, reply) => reply.type(type).send(body));
  }
}
