import { ApiError, connect, type ModyardApi } from "@modyard/client";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { leaveWhenSignedOut } from "./go-to-sign-in.ts";

/** The server that this page came from, as who is signed in. */
export const server: ModyardApi = connect({ url: "" });

/** Headers of what is to be done once, however often the request arrives. */
export function once(): { readonly "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}

/** What the server refuses stays refused, unless it was only asked too often. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && error.status !== 429;
}

/** Answers are kept while they are shown; the stream of events says which have become old. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A lost connection is tried again.
      retry: (count, error) => !isRefusal(error) && count < 3,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
