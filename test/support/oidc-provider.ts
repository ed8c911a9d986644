import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { PageClient } from "./page-client.ts";

/** Somebody whom the provider knows. */
export interface ProviderAccount {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

interface ProviderOptions {
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the client lets people be sent back to. */
  readonly redirectUri: string;
}

/** The part of the package that is used here; it has no types of its own. */
interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: unknown): Promise<void>;
  readonly Grant: new (facts: { readonly clientId: string; readonly accountId: string }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}
interface Context {
  readonly oidc: { readonly client: { readonly clientId: string }; readonly session: { readonly accountId: string } };
}

/** A real OpenID provider on this machine: npm's `oidc-provider`, at which whoever comes is whom the test says. */
export class OidcProvider {
  readonly issuer: string;
  /** Who sits at the browser; undefined: somebody who cancels. */
  account: ProviderAccount | undefined;
  readonly #options: ProviderOptions;
  readonly #known = new Map<string, ProviderAccount>();
  #server: Server | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.issuer = `http://127.0.0.1:${options.port}`;
  }

  async start(): Promise<void> {
    const provider = await this.#make();
    const handle = provider.callback();
    this.#server = createServer((request, response) => {
      const answer = request.url?.startsWith("/interaction/") === true ? this.#interact(provider, request, response) : handle(request, response);
      answer.catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    this.#server.listen(this.#options.port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server === undefined ? resolve(undefined) : this.#server.close(resolve)));
  }

  /** Goes where a browser would go, in one of its own, until it is sent back; resolves with that address. */
  async visit(url: string): Promise<string> {
    const browser = new PageClient(this.issuer);
    for (let next = url, hop = 0; hop < 10; hop += 1) {
      if (!next.startsWith(this.issuer)) return next;
      const response = await browser.ask("GET", next);
      const location = response.headers.get("location");
      if (location === null) throw new Error(`${response.status} ${await response.text()}`);
      next = new URL(location, next).href;
    }
    throw new Error("the provider sends the browser round in circles");
  }

  async #make(): Promise<Provider> {
    const name: string = "oidc-provider";
    const { default: Provider } = (await import(name)) as { default: new (issuer: string, configuration: unknown) => Provider };
    const { clientId, clientSecret, redirectUri } = this.#options;
    const key = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "one" };
    const provider: Provider = new Provider(this.issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], grant_types: ["authorization_code"], response_types: ["code"] }],
      jwks: { keys: [key] },
      cookies: { keys: ["only for tests"] },
      pkce: { required: () => true },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
      findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => this.#known.get(sub) }),
      // Whoever is there agrees.
      loadExistingGrant: async ({ oidc: { client, session } }: Context) => {
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    });
    return provider;
  }

  #interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { account } = this;
    if (account !== undefined) this.#known.set(account.sub, account);
    return provider.interactionFinished(request, response, account === undefined ? { error: "access_denied", error_description: "cancelled" } : { login: { accountId: account.sub } });
  }
}
