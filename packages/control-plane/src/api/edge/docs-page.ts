import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

/** Its styles are set on elements as it draws them; everything else comes from here, and nothing is sent anywhere. */
const staticCSP = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/** The description of the API for people, at /docs: the same for everybody, and it works without the internet. */
export async function docsPage(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP,
    theme: { title: "Modyard: API" },
    uiConfig: { validatorUrl: null, supportedSubmitMethods: [], docExpansion: "list", defaultModelsExpandDepth: 0, deepLinking: true },
  });
}
