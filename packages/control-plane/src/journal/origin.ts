import { AsyncLocalStorage } from "node:async_hooks";
import { storableJson } from "./storable.ts";

/** Who really acts: the person who is signed in or the token, whatever name the request gives. */
export interface JournalPrincipal {
  readonly kind: "person" | "token";
  readonly id: string;
  /** At that time. */
  readonly name: string;
}

/** Where what happens now comes from. Asked for at each entry: a request learns of its principal and body on its way. */
export interface Origin {
  /** The request; of work that a request caused, that request. */
  readonly requestId: string | undefined;
  /** The client's address; undefined for what Modyard does by itself, also where a request caused it. */
  readonly address?: string | undefined;
  readonly principal?: JournalPrincipal | undefined;
  /** What was asked for: operation and input, without secrets. */
  readonly asked?: Readonly<Record<string, unknown>> | undefined;
}

const current = new AsyncLocalStorage<Origin>();

/** Runs something whose entries in the journal shall tell where they come from, with everything that it awaits. */
export function withOrigin<T>(origin: Origin, action: () => T): T {
  return current.run(origin, action);
}

/** The same origin with other words for what was asked: where one request carries several questions, as in GraphQL. */
export function withAsked<T>(asked: Readonly<Record<string, unknown>>, action: () => T): T {
  const { requestId, address, principal } = current.getStore() ?? {};
  return current.run({ requestId, address, principal, asked }, action);
}

/** The request that is answered now, or that caused what is done now. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId;
}

/** The present origin's columns of an entry. */
export function originColumns() {
  const { requestId, address, principal, asked } = current.getStore() ?? {};
  return {
    address: address ?? null,
    requestId: requestId ?? null,
    principalKind: principal?.kind ?? null,
    principalId: principal?.id ?? null,
    principalName: principal?.name ?? null,
    asked: asked === undefined ? null : storableJson(asked),
  };
}
