import { defineModule, json, type ModuleDefinition, problem } from "@modyard/runtime";
import { parseDraft } from "./article-draft.ts";
import { Articles, seedArticles } from "./articles.ts";

export { type Article, Articles } from "./articles.ts";

/** The articles of this process. */
export const articles = new Articles(seedArticles);

/** Makes the module on given articles; tests give their own. */
export function createContentModule(store: Articles): ModuleDefinition {
  return defineModule({
    slug: "content",
    name: "Content",
    description: "Articles: the texts that other modules show, discuss and sell with.",
    version: "0.1.0",
    routes: [
      { method: "GET", path: "/", handle: () => json({ articles: store.list().map(({ slug, title, publishedOn }) => ({ slug, title, published_on: publishedOn })) }) },
      {
        method: "GET",
        path: "/:slug",
        handle: ({ params }) => {
          const article = store.find(params["slug"] ?? "");
          if (article === undefined) return problem(404, "ARTICLE_NOT_FOUND", "Not found", `There is no article "${params["slug"] ?? ""}".`);
          return json({ slug: article.slug, title: article.title, body: article.body, published_on: article.publishedOn });
        },
      },
      {
        method: "POST",
        path: "/",
        handle: ({ body }) => {
          const draft = parseDraft(body, new Date().toISOString().slice(0, 10));
          if ("faults" in draft) return problem(422, "ARTICLE_INVALID", "The article is not valid", draft.faults.join("; "));
          if (!store.publish(draft.article)) return problem(409, "ARTICLE_EXISTS", "The slug is taken", `There is an article "${draft.article.slug}" already.`);
          return json({ slug: draft.article.slug, title: draft.article.title }, 201);
        },
      },
    ],
    health: () => (store.list().length > 0 ? { status: "ok" } : { status: "unwell", message: "there are no articles" }),
  });
}

/** What the host registers. */
export const module: ModuleDefinition = createContentModule(articles);
