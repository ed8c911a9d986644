/** Errors of requests to /graphql. */
export const graphqlErrors = {
  graphql_invalid: { title: "The GraphQL request is not valid", hint: "Correct the document as the message says; the schema is in docs/guides/graphql.md and by introspection." },
  graphql_limit: { title: "The GraphQL request asks for too much at once", hint: "Ask for less, or in several requests: fewer fields, smaller pages (`first`), less nesting." },
  graphql_timeout: { title: "The GraphQL request took too long", hint: "Ask for less at once. A mutation may have been carried out all the same: send it again with the same idempotencyKey to learn its result." },
} as const;
