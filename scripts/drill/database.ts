import { Client } from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { connectionAt, findPlaces } from "../../packages/control-plane/src/database/embedded/places.ts";

/** The drill's own connection to the site's database: made again by the next question after the database was killed. */
export class SiteDatabase {
  readonly #dataDirectory: string;
  #client: Client | undefined;
  /** A connection answers one question at a time. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(dataDirectory: string) {
    this.#dataDirectory = dataDirectory;
  }

  /** Throws while the database is away. */
  query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const answer = this.#before.then(() => this.#ask<Row>(text, values));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  async #ask<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    this.#client ??= await this.#connect();
    const { rows } = await (values.length === 0 ? this.#client.query<Row>(text) : this.#client.query<Row>(text, [...values]));
    return rows;
  }

  /** Asks until the database answers. */
  async patientQuery<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.query<Row>(text, values);
      } catch (error) {
        if (attempt === 600) throw error;
        await delay(50);
      }
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<Client> {
    const client = new Client({ ...connectionAt(findPlaces(this.#dataDirectory)), application_name: "drill" });
    const forget = (): void => {
      if (this.#client === client) this.#client = undefined;
    };
    client.on("error", forget).on("end", forget);
    await client.connect();
    return client;
  }
}
