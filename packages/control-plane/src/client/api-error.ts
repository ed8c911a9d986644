import type { ProblemDetails } from "./generated/types.gen.ts";

/** An answer that says no. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status. */
  readonly status: number;
  /** What the server said; undefined when the answer was not Modyard's, but a proxy's, say. */
  readonly details: ProblemDetails | undefined;

  constructor(status: number, details: ProblemDetails | undefined) {
    super(details?.detail ?? `the server answered with status ${status}`);
    this.status = status;
    this.details = details;
  }

  /** The catalogue's code, stable over versions. */
  get code(): string | undefined {
    return this.details?.code;
  }
}

/** No answer came, or none that can be understood: the connection was refused or lost, or something else listens there. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  /** Something answered, but not as Modyard does. */
  readonly answered: boolean;

  constructor(message: string, answered: boolean, options?: ErrorOptions) {
    super(message, options);
    this.answered = answered;
  }
}
