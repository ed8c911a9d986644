import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fail } from "../../errors/problem.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const defaultServer = "http://127.0.0.1:4600";

/** The server's address without a slash at its end: the option, MODYARD_URL, the default. */
export function serverAddress(option: string | undefined, env: Environment): URL {
  const text = [option, env["MODYARD_URL"]].find((each) => each !== undefined && each !== "") ?? defaultServer;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || !["http:", "https:"].includes(url.protocol)) fail("server_address_invalid", `${JSON.stringify(text)} is not the address of a server`);
  // It would stand in the process list and in shell histories.
  if (url.username !== "" || url.password !== "") fail("server_address_invalid", "the address carries a password", { hint: "Leave it out; the token goes into MODYARD_TOKEN or a file named by MODYARD_TOKEN_FILE." });
  if (url.search !== "" || url.hash !== "") fail("server_address_invalid", `${JSON.stringify(text)} is the address of a page, not of a server`);
  return url;
}

/**
 * The token, never from the command line: MODYARD_TOKEN, the file that MODYARD_TOKEN_FILE names, and for a server on this
 * machine the file that it wrote below the present directory. Undefined: none is set, and the server will say so.
 */
export async function findToken(server: URL, env: Environment, cwd: string): Promise<string | undefined> {
  const token = env["MODYARD_TOKEN"]?.trim() ?? "";
  if (token !== "") return checkToken(token, "MODYARD_TOKEN");
  const file = env["MODYARD_TOKEN_FILE"] ?? "";
  if (file !== "") return checkToken(await readToken(resolve(cwd, file), file), file);
  return isLocal(server) ? readFile(resolve(cwd, ".modyard/admin-token"), "utf8").then((text) => text.trim(), () => undefined) : undefined;
}

/** Refused here and without its text: no request can carry it, and who says so would show it. */
function checkToken(token: string, place: string): string {
  if (/^[\x21-\x7e]*$/.test(token)) return token;
  return fail("token_misspelt", `what ${place} holds is no token: it has spaces, line ends or letters that no token has`, { hint: "Set it to the token alone." });
}

async function readToken(path: string, name: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    return fail("file_unreadable", `the token cannot be read from ${name}: ${(error as Error).message}`, { location: { file: name }, hint: "Correct MODYARD_TOKEN_FILE." }, error);
  }
}

function isLocal({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
