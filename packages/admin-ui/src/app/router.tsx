import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { queryClient } from "../api/server.ts";
import { meQuery } from "../api/me.ts";
import { goToSignIn } from "../api/go-to-sign-in.ts";
import { partOf } from "../components/part.tsx";
import { Failed, FailedPage } from "./failed.tsx";
import { Missing } from "./missing.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Failed });

/** Everything that wants somebody to be signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (me === null) await goToSignIn(location.href);
  },
});

const home = createRoute({ getParentRoute: () => signedIn, path: "/", beforeLoad: () => { throw redirect({ to: "/modules" }); } });

const modules = createRoute({
  getParentRoute: () => signedIn,
  path: "/modules",
  validateSearch: (search: { q?: unknown; tag?: unknown; show?: unknown; module?: unknown }): { q?: string; tag?: string; show?: string; module?: string } => ({
    ...(typeof search.q === "string" && { q: search.q }),
    ...(typeof search.tag === "string" && { tag: search.tag }),
    ...(typeof search.show === "string" && { show: search.show }),
    ...(typeof search.module === "string" && { module: search.module }),
  }),
  component: partOf(async () => (await import("../routes/modules/modules-page.tsx")).ModulesPage),
});
const builds = createRoute({ getParentRoute: () => signedIn, path: "/builds", component: partOf(async () => (await import("../routes/builds/builds-page.tsx")).BuildsPage) });
const build = createRoute({ getParentRoute: () => signedIn, path: "/builds/$id", component: partOf(async () => (await import("../routes/builds/build-page.tsx")).BuildPage) });
const environments = createRoute({ getParentRoute: () => signedIn, path: "/environments", component: partOf(async () => (await import("../routes/environments/environments-page.tsx")).EnvironmentsPage) });
const environment = createRoute({ getParentRoute: () => signedIn, path: "/environments/$name", component: partOf(async () => (await import("../routes/environments/environment-page.tsx")).EnvironmentPage) });
const release = createRoute({ getParentRoute: () => signedIn, path: "/releases/$id", component: partOf(async () => (await import("../routes/releases/release-page.tsx")).ReleasePage) });
const manifest = createRoute({ getParentRoute: () => signedIn, path: "/manifest", component: partOf(async () => (await import("../routes/manifest/manifest-page.tsx")).ManifestPage) });
const journal = createRoute({
  getParentRoute: () => signedIn,
  path: "/journal",
  validateSearch: (search: Partial<Record<"q" | "actor" | "action" | "subject" | "environment" | "since" | "until", unknown>>): Partial<Record<"q" | "actor" | "action" | "subject" | "environment" | "since" | "until", string>> =>
    Object.fromEntries(["q", "actor", "action", "subject", "environment", "since", "until"].flatMap((name) => (typeof search[name as "q"] === "string" ? [[name, search[name as "q"]]] : []))),
  component: partOf(async () => (await import("../routes/journal/journal-page.tsx")).JournalPage),
});
const access = createRoute({ getParentRoute: () => signedIn, path: "/access", component: partOf(async () => (await import("../routes/access/access-page.tsx")).AccessPage) });
const settings = createRoute({ getParentRoute: () => signedIn, path: "/settings", component: partOf(async () => (await import("../routes/settings/settings-page.tsx")).SettingsPage) });

export const router = createRouter({
  routeTree: root.addChildren([signedIn.addChildren([home, modules, builds, build, environments, environment, release, manifest, journal, access, settings])]),
  defaultErrorComponent: FailedPage,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
