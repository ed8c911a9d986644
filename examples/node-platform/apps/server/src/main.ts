import { serve } from "@modyard/runtime";
import { fastifyApplication } from "@modyard/runtime/fastify";
import { createPlatform } from "./platform.ts";

const { url } = await serve(() => {
  const { fastify, registry } = createPlatform();
  return fastifyApplication(fastify, registry);
});
process.stdout.write(`node-platform-server listens on ${url}\n`);
