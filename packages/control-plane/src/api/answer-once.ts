import type { FastifyRequest } from "fastify";
import type { Executor } from "../database/connection.ts";
import { fail } from "../errors/problem.ts";
import { rememberAnswer, type Claim } from "./idempotency-keys.ts";

/** An answer that acknowledges something. */
export interface Answer<T, Status extends number> {
  readonly status: Status;
  readonly body: T;
}

/** Keeps an answer in the transaction of what it acknowledges. */
export type KeepAnswer<T, Status extends number> = (trx: Executor, status: Status, body: T) => Promise<void>;

/**
 * Carries out an action that keeps its answer in its own transaction, and resolves with that answer: a server that is killed at any
 * moment has done it and answers so when it is asked again, or has not done it. One that was stopped for so long that another
 * answers in its place has done nothing.
 */
export function answerOnce<T, Status extends number>(request: FastifyRequest, act: (keep: KeepAnswer<T, Status>) => Promise<unknown>): Promise<Answer<T, Status>> {
  return answerUnder(request.claim, act);
}

/** The same under a claim, where there is one. */
export async function answerUnder<T, Status extends number>(claim: Claim | undefined, act: (keep: KeepAnswer<T, Status>) => Promise<unknown>): Promise<Answer<T, Status>> {
  let answer: Answer<T, Status> | undefined;
  await act(async (trx, status, body) => {
    if (claim !== undefined && !(await rememberAnswer(trx, claim, status, JSON.stringify(body)))) {
      fail("idempotency_in_progress", "another process answers this request by now; what this one did was undone");
    }
    answer = { status, body };
  });
  return answer ?? fail("internal", "the action kept no answer");
}
