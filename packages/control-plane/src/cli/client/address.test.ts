import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ModyardError } from "../../errors/problem.ts";
import { findToken, serverAddress } from "./address.ts";

const server = new URL("http://modyard.example");

it.each(["mya_secret one", "mya_secret\nmya_secret", "mya_s\u20accret", "mya_secret\u0007"])("refuses what can be no token, wherever it comes from, and does not show it: %j", async (token) => {
  const directory = mkdtempSync(join(tmpdir(), "modyard-token-"));
  writeFileSync(join(directory, "token"), `${token}\n`);
  for (const env of [{ MODYARD_TOKEN: token }, { MODYARD_TOKEN_FILE: "token" }]) {
    const error: unknown = await findToken(server, env, directory).catch((reason: unknown) => reason);
    expect(error instanceof ModyardError && error.problems.map(({ code }) => code)).toEqual(["token_misspelt"]);
    expect(JSON.stringify(error instanceof ModyardError && error.problems)).not.toContain("mya_s");
  }
  writeFileSync(join(directory, "token"), "\ufeffmya_good\r\n");
  expect(await findToken(server, { MODYARD_TOKEN_FILE: "token" }, directory)).toBe("mya_good");
  rmSync(directory, { recursive: true });
});

it.each(["http://modyard.example/?page=1", "modyard.example#here", "ftp://modyard.example", "http://[", "http://ada:secret@modyard.example"])("takes no %s for the address of a server", (text) => {
  expect(() => serverAddress(text, {})).toThrow();
  expect(serverAddress("modyard.example/below/", {}).href).toBe("http://modyard.example/below/");
});
