import { complexityFromQuery } from "@pothos/plugin-complexity";
import { getOperationAST, Kind, type DocumentNode, type GraphQLSchema } from "graphql";
import { hold, type Limits } from "./limits.ts";

/** An operation that is about to be carried out. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Refuses an operation that is too deep, too broad or too costly once its fragments and variables are put in. */
export function holdOperation(limits: Limits, { schema, document, operationName, variables }: Operation): void {
  const operation = getOperationAST(document, operationName);
  // Which one is meant, or that there is none, is told by who carries it out.
  if (operation === null || operation === undefined) return;
  const definitions = [operation, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)];
  const { depth, breadth, complexity } = complexityFromQuery({ ...document, definitions }, { schema, variables: { ...variables } });
  hold(limits, "depth", depth, "fields inside fields of the operation");
  hold(limits, "breadth", breadth, "fields of the operation");
  hold(limits, "cost", complexity, "cost of the operation");
}
