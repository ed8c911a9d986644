import { GraphQLError, valueFromASTUntyped } from "graphql";
import { builder } from "./builder.ts";

/** Values that are neither text nor numbers. */
export function addScalars(): void {
  builder.scalarType("DateTime", {
    description: "A time in ISO 8601, such as `2026-11-21T12:00:00.000Z`.",
    serialize: (value) => (value instanceof Date ? value.toISOString() : value),
    parseValue: () => {
      throw new GraphQLError("no argument is a time");
    },
  });

  builder.scalarType("JSON", {
    description: "Any JSON value: facts whose shape depends on the case, with the keys that the REST API gives them.",
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  });
}
