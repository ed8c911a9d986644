import { z } from "zod";
import type { SignIn } from "../../access/sign-in/sign-in.ts";
import type { Api } from "../rest/app.ts";
import { callerOf, setCookies } from "./recognize-session.ts";

const open = { security: [], tags: ["sign-in"] };

/** Single sign-on: away to the other system, and back from it. */
export function singleSignOnRoutes(api: Api, signIn: SignIn): void {
  api.post("/single-sign-on", { schema: { ...open, operationId: "startSingleSignOn", summary: "Where to send the browser for single sign-on", body: z.strictObject({}).nullish(), response: { 200: z.object({ url: z.string() }) } } }, async (request, reply) => {
    const { url, setCookies: cookies } = await signIn.startOidc(callerOf(request));
    setCookies(reply, cookies);
    return { url };
  });

  // The other system's own words: whatever it adds is no mistake of the browser's.
  const query = z.looseObject({ code: z.string().max(4_000).optional(), state: z.string().max(4_000).optional(), error: z.string().max(1_000).optional() });
  api.get("/callback/oidc", { schema: { ...open, operationId: "finishSingleSignOn", summary: "Where single sign-on sends the browser back to", querystring: query, response: { 302: z.unknown().describe("To the page, signed in or told why not.") } } }, async (request, reply) => {
    const answer = await signIn.finishOidc(request.url.split("?")[1] ?? "", callerOf(request));
    setCookies(reply, answer.headers.getSetCookie());
    return reply.status(302).header("cache-control", "no-store").header("location", answer.headers.get("location") ?? "/sign-in?error=internal_server_error").send();
  });
}
