import type { LookUpModuleData } from "@modyard/client";
import { queryOptions } from "@tanstack/react-query";
import { server } from "./server.ts";

/** Where a module is that is in no catalog. */
export type ModuleAddress = NonNullable<LookUpModuleData["body"]>;

/**
 * Everything that pages ask for, each with its key. A key's first word is the kind of thing: the stream of events makes all
 * answers of a kind old when one of that kind has changed.
 */
export const queries = {
  builds: (filter: { readonly status?: "queued" | "running" | "success" | "failed" | "cancelled"; readonly cursor?: string; readonly limit?: number } = {}) =>
    queryOptions({ queryKey: ["builds", filter], queryFn: ({ signal }) => server.listBuilds({ query: filter, signal }) }),
  build: (id: string) => queryOptions({ queryKey: ["builds", id], queryFn: ({ signal }) => server.getBuild({ path: { id }, signal }) }),
  deployments: (filter: { readonly environment?: string; readonly build_id?: string; readonly limit?: number; readonly cursor?: string } = {}) =>
    queryOptions({ queryKey: ["deployments", filter], queryFn: ({ signal }) => server.listDeployments({ query: filter, signal }) }),
  deployment: (id: string) => queryOptions({ queryKey: ["deployments", id], queryFn: ({ signal }) => server.getDeployment({ path: { id }, signal }) }),
  environments: () => queryOptions({ queryKey: ["environments"], queryFn: ({ signal }) => server.listEnvironments({ signal }) }),
  environment: (name: string, cursor?: string) =>
    queryOptions({ queryKey: ["environments", name, cursor], queryFn: ({ signal }) => server.getEnvironment({ path: { name }, query: cursor === undefined ? {} : { cursor }, signal }) }),
  people: () => queryOptions({ queryKey: ["people", "names"], queryFn: ({ signal }) => server.listPeople({ query: { limit: 200 }, signal }), staleTime: 60_000 }),
  releases: (filter: { readonly environment?: string; readonly cursor?: string; readonly limit?: number } = {}) =>
    queryOptions({ queryKey: ["releases", filter], queryFn: ({ signal }) => server.listReleases({ query: filter, signal }) }),
  release: (id: string) => queryOptions({ queryKey: ["releases", id], queryFn: ({ signal }) => server.getRelease({ path: { id }, signal }) }),
  /** Of the branch; undefined: the one that the server goes by. */
  manifest: (branch?: string) => queryOptions({ queryKey: ["manifest", "text", branch], queryFn: ({ signal }) => server.getManifest({ query: branch === undefined ? {} : { manifest_ref: branch }, signal }) }),
  manifestVersion: (commit: string) => queryOptions({ queryKey: ["manifest", "version", commit], queryFn: ({ signal }) => server.getManifestVersion({ path: { commit }, signal }), staleTime: Number.POSITIVE_INFINITY }),
  modules: () => queryOptions({ queryKey: ["manifest", "modules"], queryFn: ({ signal }) => server.listModules({ signal }) }),
  module: (slug: string) => queryOptions({ queryKey: ["manifest", "module", slug], queryFn: ({ signal }) => server.getModule({ path: { slug }, signal }) }),
  environmentHealth: (name: string) => queryOptions({ queryKey: ["environments", name, "health"], queryFn: ({ signal }) => server.getEnvironmentHealth({ path: { name }, signal }), refetchInterval: 15_000 }),
  catalog: () => queryOptions({ queryKey: ["manifest", "catalog"], queryFn: ({ signal }) => server.listCatalog({ query: { limit: 1_000 }, signal }) }),
  /** `since` (ISO 8601): what registries said before is asked for again. */
  moduleChecks: (slugs: readonly string[], since?: string) =>
    queryOptions({
      queryKey: ["manifest", "checks", slugs, since],
      queryFn: ({ signal }) => server.checkModules({ query: { slugs: slugs.join(","), ...(since !== undefined && { since }) }, signal }),
      enabled: slugs.length > 0,
      staleTime: 60_000,
      // What a slow registry has not said yet comes a moment later.
      refetchInterval: ({ state }) => (state.data?.complete === false ? 2_000 : false),
    }),
  registrySearch: (q: string) => queryOptions({ queryKey: ["registry", q], queryFn: ({ signal }) => server.searchRegistry({ query: { q }, signal }), enabled: q.trim().length >= 2, staleTime: 5 * 60_000, retry: false }),
  moduleAt: (address: ModuleAddress) => queryOptions({ queryKey: ["registry", "module", address], queryFn: ({ signal }) => server.lookUpModule({ body: address, signal }), staleTime: 60_000, retry: false, refetchOnWindowFocus: false }),
  comparison: (from: string, to: string) => queryOptions({ queryKey: ["releases", "comparison", from, to], queryFn: ({ signal }) => server.compareReleases({ path: { id: from, other: to }, signal }), staleTime: Number.POSITIVE_INFINITY }),
  settings: () => queryOptions({ queryKey: ["settings"], queryFn: ({ signal }) => server.getSettings({ signal }) }),
  leases: () => queryOptions({ queryKey: ["leases"], queryFn: ({ signal }) => server.listLeases({ signal }) }),
} as const;
