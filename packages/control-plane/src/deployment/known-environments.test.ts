import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EnvironmentDefaults } from "../manifest/host-descriptor.ts";
import { KnownEnvironments } from "./known-environments.ts";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "modyard-known-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const prod: EnvironmentDefaults = { name: "prod", target: "process", env: { MODE: "x" }, startTimeoutSeconds: 60, drainTimeoutSeconds: 30, observeSeconds: 10 };
const readable = (...environments: EnvironmentDefaults[]) => () => Promise.resolve(environments);
const unreadable = () => Promise.reject(new Error("no host"));
const known = (read: () => Promise<readonly EnvironmentDefaults[]>) => new KnownEnvironments(read, join(directory, "environments.json"));

test("a host that was never read is an error", async () => {
  await expect(known(unreadable).list()).rejects.toThrow("no host");
});

test("what was read last stands in for a host that cannot be read, also in another process", async () => {
  await known(readable({ ...prod, name: "old" })).list();
  await known(readable(prod, { ...prod, name: "staging", listen: "127.0.0.1:8081" })).list();
  expect(await known(unreadable).list()).toEqual([prod, { ...prod, name: "staging", listen: "127.0.0.1:8081" }]);
});

test("an environment that the host no longer has is gone", async () => {
  await known(readable(prod)).list();
  expect(await known(readable()).list()).toEqual([]);
  expect(await known(unreadable).list()).toEqual([]);
});
