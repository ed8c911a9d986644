import { expect, test } from "vitest";
import { redact } from "./redact.ts";

const token = (prefix: string) => prefix + "Ab1".repeat(12);

test.each([
  ["a password in an address", "fetching https://ada:hunter22@git.example.org/x.git failed", "fetching https://***@git.example.org/x.git failed"],
  ["a database's address", "postgres://modyard:s3cret@db:5432/modyard", "postgres://***@db:5432/modyard"],
  ["a token as the user of an address", "https://ghp_x1234567@github.example/x.git", "https://***@github.example/x.git"],
  ["npm's settings", "//registry.example/:_authToken=abc.def-ghi", "//registry.example/:_authToken=***"],
  ["npm's settings with spaces", "_password = c2VjcmV0", "_password = ***"],
  ["a header", "> Authorization: Bearer abcdef", "> Authorization: Bearer ***"],
  ["a header of basic sign-in", "authorization: Basic YTpi", "authorization: Basic ***"],
  ["an npm token", `token ${token("npm_")} was refused`, "token *** was refused"],
  ["a token of a code host", `${token("ghp_")}`, "***"],
  ["a token of Modyard", "mya_0123456789abcdefghij", "***"],
])("takes out %s", (_what, text, clean) => {
  expect(redact(text)).toBe(clean);
});

test("takes out known values wherever they are, and as often", () => {
  expect(redact("a s3cret-value, again s3cret-value.", ["s3cret-value"])).toBe("a ***, again ***.");
});

test("a known value that is too short to be one is left alone", () => {
  expect(redact("yes and no", ["no", ""])).toBe("yes and no");
});

test.each(["https://registry.example/@acme/forum", "user@example.org wrote this", "at src/a.ts:3:42", "http://127.0.0.1:4600/x@1.2.3", "\u001b[31merror\u001b[39m TS2307: npm_config_registry"])("leaves %j as it is", (text) => {
  expect(redact(text)).toBe(text);
});
