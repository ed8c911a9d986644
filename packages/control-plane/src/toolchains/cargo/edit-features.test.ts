import { expect, test } from "vitest";
import { removeFromFeatures } from "./edit-features.ts";

const features = (lines: string): string => `[package]\nname = "server"\n\n[features]\n${lines}\n`;
const forum = (text: string): string => removeFromFeatures(text, "forum");

test.each([
  ["takes every form of naming it out", 'default = ["redis", "forum"]\nmod-forum = ["dep:forum", "forum/comments", "forum?/search", "blog/x"] # forum', 'default = ["redis"]\nmod-forum = ["blog/x"] # forum'],
  ["leaves the feature, which others may name", 'default = ["mod-forum"]\nmod-forum = ["dep:forum"]', 'default = ["mod-forum"]\nmod-forum = []'],
  ["leaves a feature of the same name", 'default = ["forum"]\nforum = ["dep:forum", "search"]', 'default = ["forum"]\nforum = ["search"]'],
  ["leaves names that only begin alike", 'a = ["forum-admin/ssr", "dep:forum-admin", "forums"]', 'a = ["forum-admin/ssr", "dep:forum-admin", "forums"]'],
  ["leaves lines and comments of others", 'a = [\n    "x",\n    # why\n    "forum/comments", # this\n    "y",\n]', 'a = [\n    "x",\n    # why\n    "y",\n]'],
])("%s", (_, before, after) => {
  expect(forum(features(before))).toBe(features(after));
  expect(forum(features(before).replaceAll("\n", "\r\n"))).toBe(features(after).replaceAll("\n", "\r\n"));
});

test("leaves a file without features as it is", () => {
  const text = '[package]\nname = "server"\n\n[dependencies]\nforum = "1"\n';
  expect(forum(text)).toBe(text);
});
