import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError } from "@modyard/client";
import { server } from "./server.ts";

/** Who is signed in, and what they may do where; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    try {
      return await server.getMe({ signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Whether the one who is signed in may do something, in an environment or at all: what one may not do is not offered. */
export function useMay(): (permission: string, environment?: string) => boolean {
  const { data } = useQuery(meQuery);
  return (permission, environment) => {
    if (data === null || data === undefined) return false;
    const here = data.environments.filter(({ name }) => environment === undefined || name === environment).flatMap(({ permissions }) => permissions);
    return [...data.permissions, ...here].some((each) => each === permission);
  };
}
