/** One contribution to a thread. */
export interface ForumPost {
  readonly author: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly written_at: string;
}

/** A thread: a title and its posts, oldest first; the first one opens it. */
export interface Thread {
  readonly id: number;
  readonly title: string;
  /** Slug of the article that it is about. */
  readonly article?: string;
  readonly posts: readonly ForumPost[];
}

/** A thread that is not written yet. */
export interface NewThread {
  readonly title: string;
  readonly article?: string;
  readonly post: ForumPost;
}

/** The forum's threads, in memory. */
export class Threads {
  readonly #threads = new Map<number, Thread>();
  #lastId = 0;

  /** The thread with the newest post first. */
  list(): readonly Thread[] {
    const written = (thread: Thread) => thread.posts.at(-1)?.written_at ?? "";
    return [...this.#threads.values()].toSorted((a, b) => written(b).localeCompare(written(a)) || b.id - a.id);
  }

  find(id: number): Thread | undefined {
    return this.#threads.get(id);
  }

  open({ title, article, post }: NewThread): Thread {
    this.#lastId += 1;
    const thread: Thread = { id: this.#lastId, title, ...(article === undefined ? {} : { article }), posts: [post] };
    this.#threads.set(thread.id, thread);
    return thread;
  }

  /** Undefined when there is no such thread. */
  reply(id: number, post: ForumPost): Thread | undefined {
    const thread = this.#threads.get(id);
    if (thread === undefined) return undefined;
    const longer = { ...thread, posts: [...thread.posts, post] };
    this.#threads.set(id, longer);
    return longer;
  }
}

/** The forum that a new platform starts with. */
export function seedThreads(): Threads {
  const threads = new Threads();
  const hello = threads.open({ title: "Say hello", post: { author: "ada", text: "Who is here?", written_at: "2026-02-10T09:00:00.000Z" } });
  threads.reply(hello.id, { author: "grace", text: "I am.", written_at: "2026-02-10T09:12:00.000Z" });
  threads.open({ title: "Your first module", article: "how-modules-arrive", post: { author: "grace", text: "What did you install first?", written_at: "2026-02-11T17:30:00.000Z" } });
  return threads;
}
