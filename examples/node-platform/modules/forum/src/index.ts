import { defineModule, json, type ModuleDefinition, type ModuleResponse, problem } from "@modyard/runtime";
import { articles as platformArticles, type Articles } from "@platform/content";
import { parsePost, parseThread } from "./input.ts";
import { seedThreads, type Thread, type Threads } from "./threads.ts";

export { Threads } from "./threads.ts";

/** Makes the module on given threads and articles; tests give their own. */
export function createForumModule(threads: Threads, articles: Articles): ModuleDefinition {
  const articleExists = (slug: string) => articles.find(slug) !== undefined;
  return defineModule({
    slug: "forum",
    name: "Forum",
    description: "Threads and replies, each free or about an article.",
    version: "0.1.0",
    dependencies: ["content"],
    routes: [
      { method: "GET", path: "/", handle: () => json({ threads: threads.list().map(toSummary) }) },
      {
        method: "POST",
        path: "/",
        handle: ({ body }) => {
          const thread = parseThread(body, new Date().toISOString(), articleExists);
          return "faults" in thread ? invalid(thread.faults) : json(threads.open(thread.value), 201);
        },
      },
      { method: "GET", path: "/:id", handle: ({ params }) => threadAnswer(threads.find(Number(params["id"])), params["id"], 200) },
      {
        method: "POST",
        path: "/:id/posts",
        handle: ({ params, body }) => {
          const post = parsePost(body, new Date().toISOString());
          return "faults" in post ? invalid(post.faults) : threadAnswer(threads.reply(Number(params["id"]), post.value), params["id"], 201);
        },
      },
    ],
  });
}

function toSummary({ id, title, article, posts }: Thread) {
  return { id, title, ...(article === undefined ? {} : { article }), posts: posts.length, last_post_at: posts.at(-1)?.written_at };
}

function threadAnswer(thread: Thread | undefined, id: string | undefined, status: number): ModuleResponse {
  return thread === undefined ? problem(404, "THREAD_NOT_FOUND", "Not found", `There is no thread "${id ?? ""}".`) : json(thread, status);
}

function invalid(faults: readonly string[]): ModuleResponse {
  return problem(422, "POST_INVALID", "The post is not valid", faults.join("; "));
}

/** What the host registers. */
export const module: ModuleDefinition = createForumModule(seedThreads(), platformArticles);
