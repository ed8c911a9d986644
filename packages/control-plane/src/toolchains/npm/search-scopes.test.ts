import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { startRegistry, type Registry } from "../../../../../test/support/registry.ts";
import { findPackages } from "./search.ts";

const directory = openDirectory("scopes");
const formerConfig = process.env["npm_config_userconfig"];
/** Nobody listens there. */
const dead = "http://127.0.0.1:9/";
let everybodys: Registry;
let own: Registry;

beforeAll(async () => {
  [everybodys, own] = await Promise.all([startRegistry(), startRegistry()]);
  // Each has one package too many: of the other's scope, which npm would not install from here.
  await Promise.all([everybodys.publish(packageOf("poll-kit"), packageOf("@acme/poll-fake")), own.publish(packageOf("@acme/poll"), packageOf("poll-stray"))]);
}, 60_000);

afterAll(async () => {
  if (formerConfig === undefined) delete process.env["npm_config_userconfig"];
  else process.env["npm_config_userconfig"] = formerConfig;
  delete process.env["OWN_REGISTRY"];
  await Promise.all([everybodys?.stop(), own?.stop()]);
  rmSync(directory, { recursive: true, force: true });
});

function packageOf(name: string): string {
  const place = join(directory, name.replace("/", "-"));
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), JSON.stringify({ name, version: "1.0.0", description: "Polls" }));
  return place;
}

/** What is found where the operator's npmrc says this. */
async function found(...lines: readonly string[]): Promise<unknown> {
  process.env["npm_config_userconfig"] = join(directory, "npmrc");
  writeFileSync(join(directory, "npmrc"), `${lines.join("\n")}\n`);
  const answer = await findPackages("poll", 5, { hostDirectory: directory, pathRoots: [], cacheDirectory: join(directory, "cache") });
  return "code" in answer ? answer.code : answer.map(({ name }) => name);
}

it("asks the registries of scopes too, and takes from each what would be installed from it", async () => {
  process.env["OWN_REGISTRY"] = own.url;
  expect(await found(`registry=${everybodys.url}`, "@acme:registry=${OWN_REGISTRY}")).toEqual(["poll-kit", "@acme/poll"]);
});

it("asks the one alone where no scope has its own", async () => {
  expect(await found(`registry=${everybodys.url}`)).toEqual(expect.arrayContaining(["poll-kit", "@acme/poll-fake"]));
});

it("leaves out a scope's registry that cannot be searched", async () => {
  expect(await found(`registry=${everybodys.url}`, `@acme:registry=${dead}`)).toEqual(["poll-kit"]);
});

it("tells what a scope's registry has while the other is away, and only where that is nothing that it is away", async () => {
  expect(await found(`registry=${dead}`, `@acme:registry=${own.url}`)).toEqual(["@acme/poll"]);
  expect(await found(`registry=${dead}`, `@other:registry=${own.url}`)).toBe("registry_unreachable");
});
