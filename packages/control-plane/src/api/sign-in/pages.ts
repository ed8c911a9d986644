import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { pageHeaders } from "../page-headers.ts";
import { pageType } from "./page-type.ts";

/** Where a page or what it needs is found, beside the sources and in the package alike. */
const read = (name: string): string => readFileSync(new URL(`../../../pages/${name}`, import.meta.url), "utf8");

const css = "text/css; charset=utf-8";
const html = "text/html; charset=utf-8";
const script = "text/javascript; charset=utf-8";
const files = [
  { url: "/sign-in", name: "sign-in.html", type: html },
  { url: "/setup", name: "setup.html", type: html },
  { url: "/invitation", name: "invitation.html", type: html },
  { url: "/pages/sign-in.css", name: "sign-in.css", type: css },
  { url: "/pages/sign-in.js", name: "sign-in.js", type: script },
  { url: "/pages/sign-in.ru.js", name: "sign-in.ru.js", type: script },
  { url: "/pages/theme.js", name: "theme.js", type: script },
  { url: "/pages/icon.svg", name: "icon.svg", type: "image/svg+xml" },
] as const;

/** Nothing from elsewhere, nothing written into the page, no other site's frame around it, no address told to others. */
const headers = pageHeaders("script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'", "no-referrer");

/** The pages by which people come in. They hold no secret: what a link is good for, their script asks. */
export function pageRoutes(app: FastifyInstance): void {
  for (const { url, name, type } of files) {
    const text = read(name);
    app.get(url, { schema: { hide: true } }, (_request, reply) => reply.headers(headers).type(type).send(text));
  }
  const typeface = pageType();
  app.get("/pages/type.css", { schema: { hide: true } }, (_request, reply) => reply.headers(headers).type(css).send(typeface));
}
