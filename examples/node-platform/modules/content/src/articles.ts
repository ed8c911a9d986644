/** An article: a text with a name in addresses. */
export interface Article {
  /** `[a-z0-9-]+`, unique. */
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  /** ISO date of the day it was published. */
  readonly publishedOn: string;
}

/** The platform's articles, in memory: other modules read them, too. */
export class Articles {
  readonly #articles = new Map<string, Article>();

  constructor(seed: readonly Article[] = []) {
    for (const article of seed) this.#articles.set(article.slug, article);
  }

  /** Newest first; on one day, by slug. */
  list(): readonly Article[] {
    return [...this.#articles.values()].toSorted((a, b) => b.publishedOn.localeCompare(a.publishedOn) || a.slug.localeCompare(b.slug));
  }

  find(slug: string): Article | undefined {
    return this.#articles.get(slug);
  }

  /** False when the slug is taken; nothing is changed then. */
  publish(article: Article): boolean {
    if (this.#articles.has(article.slug)) return false;
    this.#articles.set(article.slug, article);
    return true;
  }
}

/** What a new platform has to read. */
export const seedArticles: readonly Article[] = [
  {
    slug: "welcome",
    title: "Welcome to the platform",
    body: "Everything that you see here is a module. What is installed is written in modules.toml, and nowhere else.",
    publishedOn: "2026-01-12",
  },
  {
    slug: "how-modules-arrive",
    title: "How modules arrive",
    body: "Installing a module builds the whole platform anew, tests it, starts it beside the old one, and switches when it proved itself.",
    publishedOn: "2026-02-03",
  },
];
