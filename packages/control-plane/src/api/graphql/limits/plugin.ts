import type { Plugin } from "graphql-yoga";
import { getOperationAST } from "graphql";
import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../../../errors/problem.ts";
import { holdOperation } from "./cost.ts";
import { parseWithin } from "./document.ts";
import type { Limits } from "./limits.ts";

/** Holds every request to the limits: its document when it is read, its operation before it begins, its answer by the clock. */
export function holdToLimits(limits: Limits): Plugin {
  return {
    onParse: ({ setParseFn }) => setParseFn((source: { readonly body: string } | string) => parseWithin(limits, typeof source === "string" ? source : source.body)),
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      holdOperation(limits, operationOf(args));
      setExecuteFn((given) => within(limits, executeFn(given)));
    },
    onSubscribe: ({ args }) => holdOperation(limits, operationOf(args)),
  };
}

type Arguments = Parameters<NonNullable<Plugin["onExecute"]>>[0]["args"];

function operationOf({ schema, document, operationName, variableValues }: Arguments): Parameters<typeof holdOperation>[1] {
  return { schema, document, operationName, variables: (variableValues ?? {}) as Readonly<Record<string, unknown>> };
}

async function within<T>({ milliseconds }: Limits, answer: Promise<T> | T): Promise<T> {
  const done = new AbortController();
  const late = sleep(milliseconds, undefined, { ref: false, signal: done.signal }).then(() =>
    fail("graphql_timeout", `the answer took more than ${milliseconds / 1_000} seconds`, { details: { limit: "milliseconds", most: milliseconds } }),
  );
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    done.abort();
  }
}

/** A request by GET may only listen: whatever else it says could be sent by a page of somebody else, or kept in a cache. */
export function onlyListenByGet(): Plugin<{ readonly request: Request; readonly params: { readonly operationName?: string | null } }> {
  return {
    onParse:
      () =>
      ({ result, context }) => {
        if (context.request.method !== "GET" || result === null || result instanceof Error || !("kind" in result)) return;
        const operation = getOperationAST(result, context.params.operationName);
        if (operation?.operation !== "subscription") fail("method_not_allowed", "queries and mutations are sent by POST", { details: { methods: ["POST"] } });
      },
  };
}
