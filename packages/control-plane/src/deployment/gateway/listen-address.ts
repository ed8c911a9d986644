import { fail } from "../../errors/problem.ts";

/** Where a gateway listens. Port 0 lets the system choose; the choice is kept in the gateway's state. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const pattern = /^(?:\[(?<ipv6>[0-9a-fA-F:.]+)\]|(?<host>[A-Za-z0-9._-]+)):(?<port>\d{1,5})$/;

/** Reads `HOST:PORT`; an IPv6 host stands in brackets. Throws listen_invalid. */
export function parseListenAddress(text: string): ListenAddress {
  const groups = pattern.exec(text)?.groups;
  const host = groups?.["ipv6"] ?? groups?.["host"];
  const port = Number(groups?.["port"]);
  if (host === undefined || !(port <= 65_535)) fail("listen_invalid", `"${text}" is not HOST:PORT`);
  return { host, port };
}

/** The address as a URL that a client on this machine can open: a wildcard host becomes loopback. */
export function listenUrl({ host, port }: ListenAddress): string {
  if (host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return host.includes(":") ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}
