/** What a page of the installation asks, as a browser sends it: with the cookies it was given and with where it comes from. */
export class PageClient {
  readonly #url: string;
  readonly cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const origin = { origin: new URL(this.#url).origin, "sec-fetch-site": "same-origin" };
    const sent = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(new URL(path, this.#url), { method, redirect: "manual", headers: { ...origin, ...sent, ...this.cookieHeader(), ...headers }, ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }) });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Status and body of an answer that is JSON. */
  async json(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
    const response = await this.ask(method, path, body, headers);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  cookieHeader(): Record<string, string> {
    return this.cookies.size === 0 ? {} : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    if (attributes.some((each) => /^max-age=0$/i.test(each))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(pair.indexOf("=") + 1));
  }
}
