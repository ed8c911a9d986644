import { expect, test } from "vitest";
import { readSearch } from "./search.ts";

test("cargo's list of crates is read, without the lines that are about the list", () => {
  const printed = ['rustok-forum = "0.3.1"          # Forums # and topics', 'rustok_blog = "1.0.0-beta.2"', "... and 12 crates more (use --limit N to see more)", "", "note: to learn more about a package, run `cargo info <name>`"].join("\n");
  expect(readSearch(printed)).toEqual([
    { name: "rustok-forum", version: "0.3.1", description: "Forums # and topics", keywords: [] },
    { name: "rustok_blog", version: "1.0.0-beta.2", description: "", keywords: [] },
  ]);
});
