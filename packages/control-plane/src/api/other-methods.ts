import type { FastifyInstance } from "fastify";

/** Which methods an address knows: what a refused one is told in `Allow`. */
export type MethodsAt = (path: string) => readonly string[];

/** Remembers the routes that are added from now on. */
export function rememberMethods(app: FastifyInstance): MethodsAt {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    const pattern = new RegExp(`^${url.replaceAll(/[.]/g, "\\$&").replaceAll("*", ".*").replaceAll(/:[A-Za-z]+/g, "[^/]+")}$`);
    routes.push({ pattern, methods: [method].flat() });
  });
  return (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].toSorted();
}
