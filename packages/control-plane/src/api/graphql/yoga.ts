import { createYoga, isAsyncIterable, type Plugin } from "graphql-yoga";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { GraphqlContext } from "./context.ts";
import { showError, withStatus } from "./errors.ts";
import type { Limits } from "./limits/limits.ts";
import { holdToLimits, onlyListenByGet } from "./limits/plugin.ts";
import { streamResults } from "./stream-result.ts";

/**
 * What is wrong with a document is told like every other error, and a request that came to nothing has a status that says so:
 * the library answers some of them with 200.
 */
function tellRefusals(logger: Logger): Plugin {
  return {
    onExecutionResult: ({ result, setResult }) => {
      if (result === undefined || Array.isArray(result) || isAsyncIterable(result) || !("errors" in result) || "data" in result) return;
      const errors = result.errors?.map((error) => withStatus("problems" in error.extensions ? error : showError(error, logger)));
      if (errors !== undefined) setResult({ errors });
    },
  };
}

/** Carries out GraphQL requests. It has no page of its own: GraphiQL would be loaded from elsewhere. */
export function openYoga(schema: GraphQLSchema, limits: Limits, logger: Logger) {
  return createYoga<GraphqlContext>({
    schema,
    plugins: [tellRefusals(logger), holdToLimits(limits), onlyListenByGet(), streamResults()],
    maskedErrors: { maskError: (error) => showError(error, logger) },
    // What goes wrong is logged where it is shown.
    logging: false,
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    cors: false,
    fetchAPI: { Request, Response, Headers, ReadableStream, TextEncoder, TextDecoder, URL },
  });
}
