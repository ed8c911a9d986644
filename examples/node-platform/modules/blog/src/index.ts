import { defineModule, json, type ModuleDefinition, problem } from "@modyard/runtime";
import { articles as platformArticles, type Articles } from "@platform/content";
import { findPost, listPosts } from "./posts.ts";

/** Makes the module on given articles; tests give their own. */
export function createBlogModule(articles: Articles): ModuleDefinition {
  return defineModule({
    slug: "blog",
    name: "Blog",
    description: "Presents articles as dated posts, newest first.",
    version: "0.1.0",
    dependencies: ["content"],
    routes: [
      {
        method: "GET",
        path: "/",
        handle: () => json({ posts: listPosts(articles).map(({ article, teaser }) => ({ slug: article.slug, title: article.title, date: article.publishedOn, teaser })) }),
      },
      {
        method: "GET",
        path: "/:slug",
        handle: ({ params }) => {
          const post = findPost(articles, params["slug"] ?? "");
          if (post === undefined) return problem(404, "POST_NOT_FOUND", "Not found", `There is no post "${params["slug"] ?? ""}".`);
          const { article, reading_minutes } = post;
          return json({ slug: article.slug, title: article.title, date: article.publishedOn, body: article.body, reading_minutes });
        },
      },
    ],
  });
}

/** What the host registers. */
export const module: ModuleDefinition = createBlogModule(platformArticles);
