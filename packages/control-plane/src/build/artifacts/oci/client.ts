import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../../../errors/problem.ts";
import type { OciAddress } from "./address.ts";
import { answerChallenge } from "./challenge.ts";
import type { Credentials } from "./credentials.ts";

/** One request to a registry. */
export interface RegistryRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the repository (`/manifests/TAG`), or an absolute address that the registry gave. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Answers that the caller understands; all others are thrown. */
  readonly expected: readonly number[];
  /** Waits between attempts after a lost connection or a server's error, in milliseconds; none: it is asked once. */
  readonly delaysMs?: readonly number[];
  /** How long one attempt may take until its answer begins. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const usualTimeoutMs = 60_000;

/** Speaks to one repository of a registry (the OCI distribution specification). Throws artifact_store_unreachable, _denied, _refused. */
export class RegistryClient {
  readonly #address: OciAddress;
  readonly #credentials: Credentials | undefined;
  #authorization: string | undefined;

  constructor(address: OciAddress, credentials: Credentials | undefined) {
    this.#address = address;
    this.#credentials = credentials;
  }

  get host(): string {
    return this.#address.host;
  }

  async ask(request: RegistryRequest): Promise<Response> {
    const { delaysMs = [], signal } = request;
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const outcome = await this.#attempt(request);
      if (outcome instanceof Response) return outcome;
      const delay = delaysMs[attempt];
      if (delay === undefined) return fail("artifact_store_unreachable", `the registry ${this.#address.host} ${outcome.why}`, {}, outcome.cause);
      await sleep(delay, undefined, { ...(signal && { signal }) });
    }
  }

  /** The answer, or what may go away by itself. */
  async #attempt(request: RegistryRequest): Promise<Response | { readonly why: string; readonly cause?: unknown }> {
    let response: Response;
    try {
      response = await this.#send(request);
      if (response.status === 401 && (await this.#signIn(response, request))) response = await this.#send(request);
    } catch (error) {
      request.signal?.throwIfAborted();
      return { why: `does not answer: ${reasonOf(error)}`, cause: error };
    }
    if (request.expected.includes(response.status)) return response;
    const words = await errorWords(response);
    if (response.status >= 500 || response.status === 429) return { why: `answers ${response.status}${words}` };
    if (response.status === 401 || response.status === 403) fail("artifact_store_denied", `the registry ${this.#address.host} does not allow ${request.method} in ${this.#address.name}${words}`);
    return fail("artifact_store_refused", `the registry ${this.#address.host} answers ${response.status} to ${request.method} ${request.path.split("?")[0]}${words}`);
  }

  #send({ method, path, headers, body, timeoutMs = usualTimeoutMs, signal }: RegistryRequest): Promise<Response> {
    const url = this.#resolve(path);
    // What a registry sends elsewhere (a storage service, say) gets no password of ours.
    const authorization = this.#authorization !== undefined && url.origin === new URL(this.#address.origin).origin ? { authorization: this.#authorization } : {};
    const limit = AbortSignal.timeout(timeoutMs);
    return fetch(url, { method, headers: { ...headers, ...authorization }, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]), ...(body !== undefined && { body: typeof body === "string" ? body : new Blob([Uint8Array.from(body)]) }) });
  }

  #resolve(path: string): URL {
    return /^https?:\/\//.test(path) || path.startsWith("/v2/") ? new URL(path, this.#address.origin) : new URL(`/v2/${this.#address.name}${path}`, this.#address.origin);
  }

  /** Whether there is something new to try. */
  async #signIn(response: Response, { method, signal }: RegistryRequest): Promise<boolean> {
    await response.body?.cancel();
    const actions = method === "GET" || method === "HEAD" ? "pull" : method === "DELETE" ? "pull,delete" : "pull,push";
    const limit = AbortSignal.timeout(usualTimeoutMs);
    const answer = await answerChallenge(response.headers.get("www-authenticate") ?? "", `repository:${this.#address.name}:${actions}`, this.#credentials, signal === undefined ? limit : AbortSignal.any([signal, limit]));
    this.#authorization = answer;
    return answer !== undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}

/** What the registry says itself, shortened. */
async function errorWords(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const said = [...text.matchAll(/"message"\s*:\s*"([^"]{1,200})"/g)].map(([, message]) => message).join("; ");
  return said === "" ? "" : `: ${said}`;
}
