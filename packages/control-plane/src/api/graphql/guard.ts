import { defaultFieldResolver, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { authorize } from "../../access/authorize.ts";
import { ModyardError } from "../../errors/problem.ts";
import { findBadText } from "../plain-text.ts";
import { lookAgain, type GraphqlContext } from "./context.ts";
import { fieldRules, type FieldRule } from "./field-rules.ts";

type RootField = GraphQLField<unknown, GraphqlContext>;

/** What the walk of all fields and roles goes by. */
export interface GuardedField {
  /** `Query.builds` */
  readonly name: string;
  readonly rule: FieldRule;
}

/**
 * Holds every field of Query, Mutation and Subscription to its row of the table; what lies below them can be reached in no other way.
 * Throws for a field without a row, and for a row without a field.
 */
export function guardFields(schema: GraphQLSchema): readonly GuardedField[] {
  const guarded = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => (isObjectType(type) ? guardType(type) : []));
  const missing = Object.keys(fieldRules).filter((name) => guarded.every((field) => field.name !== name));
  if (missing.length > 0) throw new Error(`there is no field ${missing.join(", ")}`);
  return guarded;
}

function guardType(type: GraphQLObjectType): readonly GuardedField[] {
  return Object.values(type.getFields()).map((field: RootField) => {
    const name = `${type.name}.${field.name}`;
    const rule = fieldRules[name];
    if (rule === undefined) throw new Error(`${name} names no permission`);
    wrap[type.name]?.(field, (args, context) => admit(rule, args, context));
    return { name, rule };
  });
}

type Admit = (args: Readonly<Record<string, unknown>>, context: GraphqlContext) => Promise<void>;

/** Whether its principal may do this anywhere, then whether the arguments are plain text, then whether it may do it there. */
async function admit({ permission, environment }: FieldRule, args: Readonly<Record<string, unknown>>, context: GraphqlContext): Promise<void> {
  authorize(context.principal, permission);
  const bad = [...findBadText(args, [])].slice(0, mostProblems);
  if (bad.length > 0) throw new ModyardError(bad);
  const about = await environment?.(args, context.plane);
  if (about !== undefined) authorize(context.principal, permission, about);
}

const mostProblems = 20;

const wrap: Readonly<Record<string, (field: RootField, admitted: Admit) => void>> = {
  Query: (field, admitted) => {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (source, args, context, info) => {
      await admitted(args, context);
      return resolve(source, args, context, info) as unknown;
    };
  },
  Mutation: (field, admitted) => {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (source, args, context, info) => {
      await admitted(args, context);
      await context.holdChange();
      const answer: unknown = await resolve(source, args, context, info);
      // What is shown below it is as it is now.
      lookAgain(context);
      return answer;
    };
  },
  Subscription: (field, admitted) => {
    const { subscribe, resolve = defaultFieldResolver } = field;
    field.subscribe = async (source, args, context, info) => {
      await admitted(args, context);
      return subscribe?.(source, args, context, info) as unknown;
    };
    field.resolve = (source, args, context, info) => {
      lookAgain(context);
      return resolve(source, args, context, info) as unknown;
    };
  },
};
