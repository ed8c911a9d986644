import type { Article } from "./articles.ts";

/** Reads an article from a request's body: the article, or everything that is wrong with it. */
export function parseDraft(body: unknown, today: string): { readonly article: Article } | { readonly faults: readonly string[] } {
  const { slug, title, body: text } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const faults: string[] = [];
  if (typeof slug !== "string" || !/^[a-z0-9-]{1,80}$/.test(slug)) faults.push("slug must be 1 to 80 of a-z, 0-9 and -");
  if (typeof title !== "string" || title.trim() === "" || title.length > 200) faults.push("title must be text of 1 to 200 characters");
  if (typeof text !== "string" || text.trim() === "") faults.push("body must be text");
  if (faults.length > 0) return { faults };
  return { article: { slug: String(slug), title: String(title).trim(), body: String(text), publishedOn: today } };
}
