import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import type { ServerResponse } from "node:http";

/** Answers of the API are no pages: nothing in them is to be run, shown in a frame or kept. Pages say what they need themselves. */
const contentSecurityPolicy = { useDefaults: false, directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"], "base-uri": ["'none'"], "form-action": ["'none'"] } };
const year = 365 * 24 * 3600;

/** Headers by which browsers are careful with every answer: errors and streams too. `isHttps`: the server is reached by https alone. */
export async function secureAnswers(app: FastifyInstance, { isHttps }: { readonly isHttps: boolean }): Promise<void> {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.raw.setHeader("cache-control", "no-store");
    done();
  });
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy,
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    strictTransportSecurity: isHttps ? { maxAge: year, includeSubDomains: false } : false,
  });
}

/** What no hook reaches: answers to what is no request. */
export const bareHeaders = { "content-security-policy": "default-src 'none'; frame-ancestors 'none'", "x-content-type-options": "nosniff", "cache-control": "no-store" } as const;

export function setBareHeaders(raw: ServerResponse): void {
  for (const [name, value] of Object.entries(bareHeaders)) raw.setHeader(name, value);
}
