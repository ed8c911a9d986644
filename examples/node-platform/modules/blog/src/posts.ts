import type { Article, Articles } from "@platform/content";

/** A blog post presents an article: the text stays where it is, so it is never out of date. */
export interface Post {
  readonly article: Article;
  /** The first sentence. */
  readonly teaser: string;
  readonly reading_minutes: number;
}

const wordsPerMinute = 200;

/** Every article as a post, newest first. */
export function listPosts(articles: Articles): readonly Post[] {
  return articles.list().map(toPost);
}

export function findPost(articles: Articles, slug: string): Post | undefined {
  const article = articles.find(slug);
  return article === undefined ? undefined : toPost(article);
}

function toPost(article: Article): Post {
  const words = article.body.split(/\s+/).filter((word) => word !== "").length;
  const sentenceEnd = article.body.search(/[.!?](\s|$)/);
  const teaser = sentenceEnd < 0 ? article.body : article.body.slice(0, sentenceEnd + 1);
  return { article, teaser, reading_minutes: Math.max(1, Math.ceil(words / wordsPerMinute)) };
}
