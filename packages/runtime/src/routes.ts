/** A request as a module's route sees it, whatever HTTP framework the host uses. */
export interface ModuleRequest {
  readonly method: string;
  /** Path without the query, as the client sent it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Header names are lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The parsed JSON body, from outside and so `unknown`; undefined where there is none. */
  readonly body: unknown;
  /** The tenant that the host found for this request. */
  readonly tenant: string;
}

/** What a route answers. `body` is sent as JSON unless it is text; absent: an empty body. */
export interface ModuleResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * One route of a module. `path` is relative to the module's own prefix `/<slug>`, so two modules never meet;
 * `/` is the prefix itself, `:name` takes one segment.
 */
export interface ModuleRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly handle: (request: ModuleRequest) => ModuleResponse | Promise<ModuleResponse>;
}

/** An answer with a JSON body. */
export function json(body: unknown, status = 200): ModuleResponse {
  return { status, body };
}

/** What RFC 9457 calls problem details; `code` is stable, for clients to branch on. */
export interface ProblemDetails {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** An answer that says what is wrong, as RFC 9457 problem details. */
export function problem(status: number, code: string, title: string, detail: string): ModuleResponse {
  const body: ProblemDetails = { title, status, code, detail };
  return { status, headers: { "content-type": "application/problem+json; charset=utf-8" }, body };
}
