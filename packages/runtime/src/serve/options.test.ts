import { expect, test } from "vitest";
import { readSettings } from "./options.ts";

test("options come before the environment, and that before the defaults", () => {
  expect(readSettings({}, {})).toMatchObject({ host: "127.0.0.1", port: 3000, drainTimeoutMs: 10_000 });
  expect(readSettings({}, { HOST: "::1", PORT: "0" })).toMatchObject({ host: "::1", port: 0 });
  expect(readSettings({ host: "0.0.0.0", port: 80 }, { HOST: "::1", PORT: "x" })).toMatchObject({ host: "0.0.0.0", port: 80 });
});

test.for(["x", "-1", "65536", "1.5", "0x10", " 80"])("refuses PORT=%s", (PORT) => {
  expect(() => readSettings({}, { PORT })).toThrow(`PORT is "${PORT}"`);
});
