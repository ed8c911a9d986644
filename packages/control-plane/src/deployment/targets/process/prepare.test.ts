import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { halfMadeName } from "../../../processes/half-made.ts";
import { prepareArtifact, preparedDirectory, workingDirectory } from "./prepare.ts";

const unpackOneFile = (_digest: string, place: string): Promise<void> => writeFile(join(place, "file"), "whole");

async function unpackHalf(_digest: string, place: string): Promise<void> {
  await writeFile(join(place, "half"), "");
  throw new Error("the archive is damaged");
}

describe("prepareArtifact", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "modyard-prepare-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const prepared = (): readonly string[] => readdirSync(join(directory, "prepared"));

  test("unpacks a digest once, however many ask", async () => {
    let unpacked = 0;
    const unpack = (digest: string, place: string): Promise<void> => writeFile(join(place, "digest"), `${digest} ${++unpacked}`);
    await prepareArtifact(directory, "sha256:ab", unpack);
    await Promise.all([prepareArtifact(directory, "sha256:ab", unpack), prepareArtifact(directory, "sha256:ab", unpack)]);
    expect(prepared()).toEqual(["sha256-ab"]);
    expect(readFileSync(join(preparedDirectory(directory, "sha256:ab"), "digest"), "utf8")).toBe("sha256:ab 1");
  });

  test("two at once leave one whole directory", async () => {
    await Promise.all(Array.from({ length: 5 }, () => prepareArtifact(directory, "ab", unpackOneFile)));
    expect(prepared()).toEqual(["ab"]);
  });

  test("an artifact that cannot be unpacked leaves nothing and can be tried again", async () => {
    await expect(prepareArtifact(directory, "ab", unpackHalf)).rejects.toThrow("damaged");
    expect(prepared()).toEqual([]);
    await prepareArtifact(directory, "ab", () => Promise.resolve());
    expect(prepared()).toEqual(["ab"]);
  });

  test("what a killed process left half unpacked is removed, what a living one unpacks is not", async () => {
    const left = join(directory, "prepared", `.making-4194305.${"0".repeat(12)}-abcdef`);
    const underWay = join(directory, "prepared", halfMadeName());
    for (const each of [left, underWay]) mkdirSync(each, { recursive: true });
    await prepareArtifact(directory, "cd", () => Promise.resolve());
    expect([existsSync(left), existsSync(underWay)]).toEqual([false, true]);
  });

  test.each(["../x", "", "a/b", ".", ".."])("refuses the digest %j", (digest) => {
    expect(() => preparedDirectory(directory, digest)).toThrow(expect.objectContaining({ code: "artifact_missing" }));
  });

  test("a working directory stays inside the artifact", () => {
    expect(workingDirectory("/d/ab", "apps/server")).toBe("/d/ab/apps/server");
    expect(workingDirectory("/d/ab", ".")).toBe("/d/ab");
    for (const below of ["..", "../ab2", "/etc", "apps/../../x"]) expect(() => workingDirectory("/d/ab", below)).toThrow();
  });
});
