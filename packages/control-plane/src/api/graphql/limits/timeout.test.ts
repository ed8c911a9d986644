import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from "graphql";
import { createYoga } from "graphql-yoga";
import { expect, test } from "vitest";
import { quiet } from "../../../../../../test/support/databases.ts";
import { showError } from "../errors.ts";
import { usualLimits } from "./limits.ts";
import { holdToLimits } from "./plugin.ts";

test("an answer that takes too long is not waited for, and says which limit it was", async () => {
  const never = { type: GraphQLInt, resolve: () => new Promise<number>(() => undefined) };
  const soon = { type: GraphQLInt, resolve: () => 1 };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields: { never, soon } }) });
  const yoga = createYoga({ schema, plugins: [holdToLimits({ ...usualLimits, milliseconds: 50 })], maskedErrors: { maskError: (error) => showError(error, quiet) }, logging: false });
  const ask = async (query: string): Promise<unknown> => (await yoga.fetch("http://modyard/graphql", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) })).json();
  expect(await ask("{ soon }")).toEqual({ data: { soon: 1 } });
  expect(await ask("{ never }")).toMatchObject({ errors: [{ extensions: { code: "graphql_timeout", problems: [{ details: { limit: "milliseconds", most: 50 } }] } }] });
});
