import { Client, type ClientConfig } from "pg";
import type { Logger } from "pino";

/** Hears PostgreSQL's notifications on one connection of its own, for any number of subscribers. */
export interface Listener {
  /** Calls back on each notification of the channel, and after each reconnect (something may have been missed). Returns the unsubscribe function. */
  subscribe(channel: string, callback: (payload: string | undefined) => void): () => void;
  stop(): Promise<void>;
}

const reconnectMs = 500;

/** Starts listening; a lost connection is made again until `stop`. */
export async function openListener(connection: ClientConfig, channels: readonly string[], logger: Logger): Promise<Listener> {
  const subscribers = new Map<string, Set<(payload: string | undefined) => void>>(channels.map((channel) => [channel, new Set()]));
  let stopped = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new Client({ ...connection, keepAlive: true });
    next.on("notification", ({ channel, payload }) => subscribers.get(channel)?.forEach((callback) => callback(payload)));
    next.on("error", (error) => logger.warn({ err: error }, "the listening connection was lost"));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    // Only now: a connection that was never there ends too, and would be made again twice.
    next.on("end", connectLater);
    client = next;
    if (stopped) await next.end();
  };
  const connectLater = (): void => {
    if (!stopped) timer = setTimeout(reconnect, reconnectMs);
  };
  // Something may have been missed: everybody looks for themselves.
  const wakeAll = (): void => {
    for (const callbacks of subscribers.values()) for (const wake of callbacks) wake(undefined);
  };
  const reconnect = (): void => {
    connect().then(wakeAll, connectLater);
  };
  await connect();
  return {
    subscribe: (channel, callback) => {
      const callbacks = subscribers.get(channel);
      callbacks?.add(callback);
      return () => void callbacks?.delete(callback);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
