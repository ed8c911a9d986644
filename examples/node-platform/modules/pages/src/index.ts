import { defineModule, json, type ModuleDefinition, problem } from "@modyard/runtime";
import { pages, renderPage } from "./pages.ts";

/** What the host registers. */
export const module: ModuleDefinition = defineModule({
  slug: "pages",
  name: "Pages",
  description: "Fixed pages such as About and Imprint.",
  version: "0.1.0",
  routes: [
    { method: "GET", path: "/", handle: () => json({ pages: pages.map(({ slug, title }) => ({ slug, title })) }) },
    {
      method: "GET",
      path: "/:slug",
      handle: ({ params }) => {
        const page = pages.find(({ slug }) => slug === params["slug"]);
        if (page === undefined) return problem(404, "PAGE_NOT_FOUND", "Not found", `There is no page "${params["slug"] ?? ""}".`);
        return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: renderPage(page) };
      },
    },
  ],
});
