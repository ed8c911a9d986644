import type { Server } from "node:http";
import type { ModuleRegistry } from "../registry.ts";

/** What `serve` runs: a host's HTTP server with its modules, whatever the framework. Adapters make it. */
export interface Application {
  readonly registry: ModuleRegistry;
  /** Does not listen yet. */
  readonly server: Server;
  /** Called after every module has started, before the server listens. */
  ready?(): Promise<void>;
  /** Called when no request is left, before the modules stop. */
  close?(): Promise<void>;
}
