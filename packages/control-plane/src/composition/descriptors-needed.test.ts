import { describe, expect, it } from "vitest";
import { descriptorsNeeded, readDescriptors } from "./descriptors-needed.ts";
import { catalogOf, changeOf, manifestOf, npmSpec, planOf, readingOf } from "./plan.fixtures.ts";

const catalog = catalogOf(npmSpec("blog", { version: "^2.0.0" }), npmSpec("media"), npmSpec("forum"));
const needs = { manifest: manifestOf([npmSpec("content"), npmSpec("blog")]), change: changeOf({ upgrade: [{ slug: "blog" }], uninstall: ["content"] }), catalogs: [catalog] };

describe("descriptorsNeeded", () => {
  it("asks for the manifest's modules, those that go included, at the specs that the plan would write", () => {
    expect(descriptorsNeeded(needs, new Map()).map((spec) => [spec.slug, spec.version])).toEqual([["blog", "^2.0.0"], ["content", "^1.0.0"]]);
  });

  it("asks for what comes along once it is known what the others need", () => {
    const known = new Map([["blog", readingOf("blog", { dependencies: { media: "*" } })], ["content", readingOf("content")]]);
    expect(descriptorsNeeded(needs, known).map((spec) => spec.slug)).toEqual(["media"]);
  });
});

describe("readDescriptors", () => {
  it("reads in rounds until nothing is missing, each descriptor once, and takes the catalog's word for what cannot be read", async () => {
    const read: string[] = [];
    const descriptors = await readDescriptors(needs, (spec) => {
      read.push(spec.slug);
      return Promise.resolve(spec.slug === "blog" ? readingOf("blog", { dependencies: { media: "*" } }) : undefined);
    });
    expect(read).toEqual(["blog", "content", "media"]);
    expect(descriptors.get("media")).toMatchObject({ verified: false, descriptor: { slug: "media", version: "^1.0.0" } });
    expect(planOf({ ...needs, descriptors }).unverified).toEqual(["blog", "media"].filter((slug) => slug !== "blog"));
  });
});
