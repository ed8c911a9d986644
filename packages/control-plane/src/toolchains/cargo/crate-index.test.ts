import { expect, test } from "vitest";
import { indexPath, newestAllowed, parseIndex } from "./crate-index.ts";

const line = (version: string, more: object = {}): string => JSON.stringify({ name: "acme-poll", vers: version, deps: [], cksum: `sum of ${version}`, features: {}, yanked: false, ...more });
const all = ["0.9.0", "1.0.0", "1.2.0", "1.10.0", "2.0.0-beta.1", "2.0.0-beta.2"];

test("versions are read out of cargo's cache, whatever stands between them, newest first", () => {
  // What cargo 1.95 writes: three bytes of versions, the answer's tag, then each version twice.
  const framed = Buffer.concat([Buffer.from([3, 2, 0, 0, 0]), Buffer.from(`etag: "x"\0`), ...all.map((version) => Buffer.from(`${version}\0${line(version)}\0`))]);
  const plain = Buffer.from(all.map((version) => `${line(version)}\n`).join(""));
  for (const bytes of [framed, plain]) expect(parseIndex(bytes, "acme-poll").map(({ version }) => version)).toEqual(all.toReversed());
  expect(parseIndex(plain, "acme-poll").at(-1)).toEqual({ version: "0.9.0", checksum: "sum of 0.9.0", yanked: false });
});

test("lines that say something else are left out", () => {
  const text = [line("1.0.0"), "{ not json", line("1.1.0", { name: "acme-other" }), line("none"), line("1.2.0", { yanked: true })].join("\n");
  expect(parseIndex(Buffer.from(text), "acme-poll")).toMatchObject([{ version: "1.2.0", yanked: true }, { version: "1.0.0" }]);
});

test.each([
  ["1", "1.10.0"],
  ["1.0", "1.10.0"],
  ["=1.0", "1.0.0"],
  ["=1.0.0", "1.0.0"],
  ["~1.2", "1.2.0"],
  ["0.9", "0.9.0"],
  [">=1, <1.10", "1.2.0"],
  ["1.*", "1.10.0"],
  ["*", "1.10.0"],
  ["2", undefined],
  ["2.0.0-beta.1", "2.0.0-beta.2"],
  ["=2.0.0-beta.1", "2.0.0-beta.1"],
  ["not a requirement", undefined],
])("%s allows at most %s", (requirement, version) => {
  const versions = parseIndex(Buffer.from(all.map((each) => line(each)).join("\n")), "acme-poll");
  expect(newestAllowed(versions, requirement)?.version).toBe(version);
});

test("a yanked version is not offered", () => {
  const versions = parseIndex(Buffer.from(`${line("1.0.0")}\n${line("1.1.0", { yanked: true })}`), "acme-poll");
  expect(newestAllowed(versions, "1")?.version).toBe("1.0.0");
});

test("the places in an index", () => {
  expect(["a", "ab", "Abc", "acme-poll"].map(indexPath)).toEqual(["1/a", "2/ab", "3/a/abc", "ac/me/acme-poll"]);
});
