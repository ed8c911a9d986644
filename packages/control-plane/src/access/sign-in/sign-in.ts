import { isAPIError } from "better-auth/api";
import type { Logger } from "pino";
import type { DatabaseHandle } from "../../database/connection.ts";
import { toPublicId } from "../../database/identifiers.ts";
import { isDatabaseGone } from "../../database/problems.ts";
import { fail } from "../../errors/problem.ts";
import { appendJournal } from "../../journal/journal.ts";
import { grantsOf } from "../grants.ts";
import { admit, type Way } from "../people/admit.ts";
import { findPerson } from "../people/store.ts";
import type { Person } from "../people/person.ts";
import type { Principal } from "../principal.ts";
import { countAttempt, forgiveAttempt } from "./attempts.ts";
import { addressHeader, cookiePrefix, oidcProviderId, openLibrary, type SignInHooks } from "./library.ts";
import type { SignInOptions } from "./options.ts";

/** The browser that asks. */
export interface Caller {
  /** Where the request comes from. */
  readonly address: string;
  /** Its own `Cookie` header. */
  readonly cookie?: string | undefined;
  readonly agent?: string | undefined;
}

/** Who is signed in, as a cookie says. */
export interface SignedIn {
  readonly sessionId: string;
  readonly person: Person;
  readonly principal: Principal;
  /** `Set-Cookie` headers that renew the session. */
  readonly setCookies: readonly string[];
}

/** Signing in, and knowing again who did. */
export class SignIn {
  /** What the button for single sign-on says; undefined where there is none. */
  readonly oidcName: string | undefined;
  readonly #handle: DatabaseHandle;
  readonly #options: SignInOptions;
  readonly #logger: Logger;
  readonly #library: ReturnType<typeof openLibrary>;
  #oidc: ReturnType<typeof openLibrary> | undefined;

  constructor(handle: DatabaseHandle, options: SignInOptions, logger: Logger) {
    this.#handle = handle;
    this.#options = options;
    this.#logger = logger;
    this.#library = openLibrary(handle, options, this.#hooks, logger);
    this.oidcName = options.oidc?.name;
  }

  /** Origin under which people reach the control plane, where it was told. */
  get publicUrl(): string | undefined {
    return this.#options.publicUrl;
  }

  /** Whether a `Cookie` header names a session at all. */
  isNamedIn(cookie: string): boolean {
    return cookie.includes(`${this.#cookieName}=`);
  }

  /** The `Set-Cookie` header that makes a browser forget its session. */
  get goneCookie(): string {
    return `${this.#cookieName}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${this.#isSecure ? "; Secure" : ""}`;
  }

  get #isSecure(): boolean {
    return this.publicUrl?.startsWith("https:") ?? false;
  }

  get #cookieName(): string {
    return `${cookiePrefix(this.publicUrl)}.session_token`;
  }

  /** Makes a session; resolves with the `Set-Cookie` headers. Throws sign_in_refused, too_many_attempts. */
  async byPassword(caller: Caller, email: string, password: string): Promise<readonly string[]> {
    const attempt = { address: caller.address, email: email.toLowerCase() };
    await countAttempt(this.#handle.db, attempt);
    const { headers } = await this.#ask("the e-mail address or the password is wrong", () => this.#library.api.signInEmail({ body: { email, password }, headers: headersOf({ ...caller, cookie: undefined }), returnHeaders: true }));
    await forgiveAttempt(this.#handle.db, attempt);
    return headers.getSetCookie();
  }

  /** Who a browser is signed in as; undefined: nobody. Use renews the session from time to time, unless `renew` is false. */
  async find(cookie: string, renew = true): Promise<SignedIn | undefined> {
    const { headers, response } = await this.#ask("the session cannot be read", () => this.#library.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: !renew }, returnHeaders: true }));
    if (response === null) return undefined;
    const person = await findPerson(this.#handle.db, response.user.id);
    if (person === undefined || person.disabledAt !== null) return undefined;
    const principal: Principal = { kind: "person", id: person.id, name: person.email, grants: await grantsOf(this.#handle.db, "person", person.id) };
    return { sessionId: response.session.id, person, principal, setCookies: headers.getSetCookie() };
  }

  /** Where to send a browser for single sign-on, and what it is to remember until it comes back. Throws sso_not_set_up, sso_unreachable. */
  async startOidc(caller: Caller): Promise<{ readonly url: string; readonly setCookies: readonly string[] }> {
    const library = this.#oidcLibrary;
    const ask = () => library.api.signInSocial({ body: { provider: oidcProviderId, callbackURL: `${this.publicUrl ?? ""}/sign-in`, errorCallbackURL: `${this.publicUrl ?? ""}/sign-in`, disableRedirect: true }, headers: headersOf(caller), returnHeaders: true });
    try {
      const { headers, response } = await ask();
      if (response.url === undefined) throw new Error("the library knows no address for single sign-on");
      return { url: response.url, setCookies: headers.getSetCookie() };
    } catch (error) {
      this.#rethrowGone(error);
      return fail("sso_unreachable", `${this.oidcName ?? "the other system"} does not answer as it should`, {}, error);
    }
  }

  /** The answer to a browser that comes back from single sign-on: a session or a word why not, and where to go on. */
  finishOidc(query: string, caller: Caller): Promise<Response> {
    const url = `${this.publicUrl ?? ""}/auth/callback/${oidcProviderId}?${query}`;
    return this.#oidcLibrary.handler(new Request(url, { headers: headersOf(caller) }));
  }

  /** Made when it is needed first: it asks the provider what it can. */
  get #oidcLibrary(): ReturnType<typeof openLibrary> {
    const { oidc } = this.#options;
    if (oidc === undefined) return fail("sso_not_set_up", "this installation has no single sign-on");
    return (this.#oidc ??= openLibrary(this.#handle, this.#options, this.#hooks, this.#logger, oidc));
  }

  get #hooks(): SignInHooks {
    const { db } = this.#handle;
    return {
      admit: (id, path) => db.transaction().execute((trx) => admit(trx, id, wayOf(path), wayOf(path) === "single sign-on" ? this.#options.oidc?.defaultRole : undefined)),
      admitted: async ({ id, personId }, path) => {
        // Nobody comes back to end what has expired.
        await db.deleteFrom("sessions").where("expiresAt", "<", new Date()).execute();
        const person = await findPerson(db, personId);
        // Where from is in the entry's origin, which only those see who may see people.
        const details = { way: wayOf(path), sessionId: toPublicId("ses", id) };
        await db.transaction().execute((trx) => appendJournal(trx, { actor: person?.email ?? personId, action: "person.signed_in", subjectType: "person", subjectId: toPublicId("per", personId), details }));
      },
    };
  }

  /** The library's own errors as the catalogue's: it says no, or its database is away. */
  async #ask<T>(refusal: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.#rethrowGone(error);
      if (isAPIError(error) && error.statusCode < 500) return fail("sign_in_refused", refusal);
      throw error;
    }
  }

  /** The library wraps what the database said. */
  #rethrowGone(error: unknown): void {
    for (let each: unknown = error; each instanceof Error; each = each.cause) if (isDatabaseGone(each)) throw each;
  }
}

function wayOf(path: string): Way {
  return path.startsWith("/callback") ? "single sign-on" : "password";
}

function headersOf({ address, cookie, agent }: Caller): Headers {
  return new Headers({ [addressHeader]: address, ...(cookie !== undefined && { cookie }), ...(agent !== undefined && { "user-agent": agent }) });
}
