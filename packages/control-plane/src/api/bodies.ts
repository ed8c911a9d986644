import type { FastifyInstance } from "fastify";
import { ModyardError, problem } from "../errors/problem.ts";

/** A request without a body may still say that it is JSON: clients that always send the header are not refused for it. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const text = textOf(body);
    if (text === "") done(null, undefined);
    else if (text === undefined) done(new ModyardError(problem("body_not_json", "the body is not text in UTF-8")));
    else void parse(request, text, done);
  });
}

/** Undefined for bytes that are no text: what usually takes their place is not what was sent. */
function textOf(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
