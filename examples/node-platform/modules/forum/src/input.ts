import type { ForumPost, NewThread } from "./threads.ts";

export type Parsed<T> = { readonly value: T } | { readonly faults: readonly string[] };

/** Reads `{ author, text }`. */
export function parsePost(body: unknown, now: string): Parsed<ForumPost> {
  const { author, text } = fields(body);
  const faults = [...textFault("author", author, 80), ...textFault("text", text, 10_000)];
  return faults.length > 0 ? { faults } : { value: { author: String(author).trim(), text: String(text), written_at: now } };
}

/** Reads `{ title, author, text, article? }`; `articleExists` tells whether there is such an article. */
export function parseThread(body: unknown, now: string, articleExists: (slug: string) => boolean): Parsed<NewThread> {
  const { title, article } = fields(body);
  const post = parsePost(body, now);
  const faults = [...textFault("title", title, 200), ...("faults" in post ? post.faults : []), ...articleFault(article, articleExists)];
  if (faults.length > 0 || "faults" in post) return { faults };
  return { value: { title: String(title).trim(), post: post.value, ...(typeof article === "string" ? { article } : {}) } };
}

function fields(body: unknown): Record<string, unknown> {
  return (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
}

function textFault(name: string, value: unknown, longest: number): readonly string[] {
  const good = typeof value === "string" && value.trim() !== "" && value.length <= longest;
  return good ? [] : [`${name} must be text of 1 to ${String(longest)} characters`];
}

function articleFault(article: unknown, articleExists: (slug: string) => boolean): readonly string[] {
  if (article === undefined) return [];
  return typeof article === "string" && articleExists(article) ? [] : [`there is no article ${JSON.stringify(article)}`];
}
