import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";

const password = 'p"ss\\word of the database';
const config = { logLevel: "trace", databaseUrl: `postgres://modyard:${encodeURIComponent(password)}@db/modyard`, artifactSettings: { MODYARD_ARTIFACTS_PASSWORD: "hunter22-registry" } } as const;

function write(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = "";
  log(createLogger(config, { write: (line) => void (text += line) }));
  return text;
}

const secret = "Xy7".repeat(8);
const token = `mya_${secret}`;

describe("the log", () => {
  const cases: readonly (readonly [what: string, facts: object, message: string])[] = [
    ["headers", { req: { headers: { authorization: `Bearer ${secret}`, cookie: `modyard=${secret}`, "set-cookie": secret, "x-api-key": secret } } }, "something happened"],
    ["fields by their names, however deep", { a: [{ b: { password: secret, client_secret: secret, access_token: secret, MODYARD_ARTIFACTS_PASSWORD: secret } }] }, "something happened"],
    ["an error's message", new Error(`cannot reach https://ada:${secret}@git.example/x.git`), "something happened"],
    ["an error's cause", new Error("failed", { cause: new Error(`token ${token} was refused`) }), "something happened"],
    ["an error's own fields", Object.assign(new Error("failed"), { config: { headers: { Authorization: `Basic ${secret}` } } }), "something happened"],
    ["a message", {}, `asked with Bearer ${secret}`],
    ["a query", { url: `/sign-in/callback?code=${secret}&state=${secret}&invite_token=${secret}&page=2` }, "something happened"],
    ["a webhook's secret", {}, `whsec_${secret}`],
  ];
  it.each(cases)("has no secret of %s", (_what, facts, message) => {
    const text = write((logger) => logger.info(facts instanceof Error ? { err: facts } : facts, message));
    expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ level: 30 });
  });

  it("has no secret of the settings, written any way", () => {
    const text = write((logger) => {
      logger.info({ url: config.databaseUrl }, `connected by ${password}`);
      logger.child({ password }).warn(new Error("hunter22-registry"));
    });
    for (const each of [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password), "hunter22-registry"]) expect(text).not.toContain(each);
    for (const line of text.trim().split("\n")) JSON.parse(line);
  });

  it("leaves what is no secret as it is", () => {
    const facts = { route: "/admin/tokens/:id", lease: { token: 17 }, build: "bld_1", tokens: 3, url: "/admin/builds?limit=3&status=failed" };
    expect(JSON.parse(write((logger) => logger.info(facts, "request")))).toMatchObject({ ...facts, msg: "request" });
  });

  it("stays one line of JSON, whatever is written", () => {
    assert(
      property(string({ unit: "binary" }), constantFrom("password", "token", "a.cookie", "note"), constantFrom("", "authorization: bearer ", "_authToken = ", "https://a:b@c/?token="), (rest, name, start) => {
        const text = start + rest;
        const line = write((logger) => logger.info({ [name]: text, nested: { [name]: `${text}"` } }, text));
        expect(line.trimEnd().split("\n")).toHaveLength(1);
        JSON.parse(line);
      }),
    );
  });
});
