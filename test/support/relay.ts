import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** An address that stays while the server behind it comes and goes, and whose connections can be cut. */
export interface Relay {
  readonly url: string;
  /** Cuts every connection that there is now. */
  cut(): void;
  /** Lets every connection that there is now stand open with nothing going through it any more, as a proxy that forgot it does. */
  silence(): void;
  close(): Promise<void>;
}

/** Hands connections on to where `target` says at that moment. */
export async function openRelay(target: () => URL): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const { hostname, port } = target();
    const upstream = connect(Number(port), hostname);
    for (const [socket, other] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.once("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
