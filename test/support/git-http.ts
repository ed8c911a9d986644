import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Git repositories served over HTTP on loopback. */
export interface GitServer {
  /** `http://127.0.0.1:PORT`; a repository `forum.git` below the root is `${url}/forum.git`. */
  readonly url: string;
  /** `GET /forum.git/info/refs?…` and the like, in order: shows which of git's requests were made. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export interface GitServerOptions {
  readonly push?: boolean;
  /** `user:password` without which nobody sees anything. */
  readonly credentials?: string;
}

/** Serves every repository below `root` by git's own `http-backend`: for reading, and for pushes where asked. */
export async function serveGit(root: string, options: GitServerOptions = {}): Promise<GitServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (!isKnown(request, options)) return void response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
    runBackend(root, options.push === true, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isKnown({ headers }: IncomingMessage, { credentials }: GitServerOptions): boolean {
  return credentials === undefined || headers.authorization === `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function runBackend(root: string, push: boolean, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const env = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    GIT_CONFIG_COUNT: "3",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    GIT_CONFIG_KEY_1: "uploadpack.allowReachableSHA1InWant",
    GIT_CONFIG_VALUE_1: "true",
    GIT_CONFIG_KEY_2: "http.receivepack",
    GIT_CONFIG_VALUE_2: String(push),
    REQUEST_METHOD: request.method ?? "GET",
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: searchParams.toString(),
    CONTENT_TYPE: request.headers["content-type"] ?? "",
    HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
  };
  const backend = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "ignore"] });
  request.pipe(backend.stdin);
  backend.stdin.on("error", () => {});
  let head = Buffer.alloc(0);
  const onHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    backend.stdout.off("data", onHead);
    writeHead(head.subarray(0, end).toString(), response);
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on("data", onHead);
  backend.on("close", () => response.end());
}

/** CGI: header lines, of which `Status` is the answer's. */
function writeHead(text: string, response: ServerResponse): void {
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
}
