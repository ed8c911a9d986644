/** For how long an answer is good, in milliseconds; one that says nothing is asked for again earlier. */
const freshMs = { something: 15 * 60_000, nothing: 60_000 } as const;
const mostKept = 2_000;
const atOnce = 2;

/** What registries said lately, so that a page of a hundred modules does not ask them a hundred times whenever somebody looks at it. */
export class RegistryMemory<T> {
  readonly #kept = new Map<string, { readonly at: number; readonly until: number; readonly value: T | undefined }>();
  readonly #asking = new Map<string, Promise<T | undefined>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  #turn = 0;

  /**
   * What is known of it, else what `ask` finds out; few are asked at a time. `ask` resolves with undefined when there was no answer.
   * What was heard before `notBefore` (milliseconds since 1970) is asked for again.
   */
  read(key: string, ask: () => Promise<T | undefined>, notBefore = 0): Promise<T | undefined> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > Date.now() && kept.at >= notBefore) return Promise.resolve(kept.value);
    const asking = this.#asking.get(key) ?? this.#ask(key, ask);
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(key: string, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    const lane = this.#turn++ % atOnce;
    const answer = (this.#lanes[lane] ?? Promise.resolve()).then(ask).catch(() => undefined);
    this.#lanes[lane] = answer;
    const value = await answer;
    this.#asking.delete(key);
    this.#kept.delete(key);
    this.#kept.set(key, { at: Date.now(), until: Date.now() + (value === undefined ? freshMs.nothing : freshMs.something), value });
    for (const old of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(old);
    return value;
  }
}
