import { ApiError, connect, type ModyardApi } from "@modyard/client";
import { QueryClient } from "@tanstack/react-query";

/** The server that this page came from, as who is signed in. */
export const server: ModyardApi = connect({ url: "" });

/** Answers are kept while they are shown; the stream of events says which have become old. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server refuses stays refused; a lost connection is tried again.
      retry: (count, error) => !(error instanceof ApiError && error.status < 500) && count < 3,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
