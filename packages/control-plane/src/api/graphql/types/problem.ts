import type { StoredFailure } from "../../../database/stored.ts";
import type { Problem } from "../../../errors/problem.ts";
import { builder } from "../builder.ts";
import { snakeCase } from "../../snake-case.ts";

/** One thing that is wrong. */
export const problemRef = builder.objectRef<Problem>("Problem").implement({
  description: "One thing that is wrong: a stable code, what is wrong, and what to do about it.",
  fields: (t) => ({
    code: t.exposeString("code"),
    message: t.exposeString("message"),
    hint: t.exposeString("hint"),
    module: t.string({ nullable: true, description: "The slug of the module concerned, where it is known.", resolve: (each) => each.module }),
    path: t.string({ nullable: true, resolve: (each) => each.path }),
    location: t.field({ type: "JSON", nullable: true, resolve: ({ location }) => snakeCase(location) }),
    details: t.field({ type: "JSON", nullable: true, resolve: ({ details }) => snakeCase(details) }),
  }),
});

/** Why a build or deployment failed. */
export const failureRef = builder.objectRef<StoredFailure>("Failure").implement({
  description: "Why a build or a deployment failed.",
  fields: (t) => ({
    problems: t.field({ type: [problemRef], resolve: ({ problems }) => problems }),
    step: t.exposeString("step"),
    excerpt: t.stringList({ description: "The last lines that matter.", resolve: ({ excerpt }) => excerpt }),
    deterministic: t.exposeBoolean("deterministic", { description: "Whether the same inputs would fail again." }),
  }),
});
