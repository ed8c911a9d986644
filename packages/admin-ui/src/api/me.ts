import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError, type GetMeResponse } from "@modyard/client";
import { server } from "./server.ts";

/** Somebody whom nobody gave a role yet: they may not even ask who they are. */
const withoutRole: GetMeResponse = { kind: "person", id: "", name: "", person_id: null, person_name: null, grants: [], permissions: [], environments: [] };

/** Who is signed in, and what they may do where; null when nobody is; without grants when they have no role. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }): Promise<GetMeResponse | null> => {
    try {
      return await server.getMe({ signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      if (error instanceof ApiError && error.status === 403) return withoutRole;
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
