import { expect, test } from "vitest";
import { gitDenied, isGitDenied } from "./git-denied.ts";

test.each([
  "fatal: Authentication failed for 'https://git.example.org/wiki.git/'",
  "fatal: could not read Username for 'https://git.example.org': terminal prompts disabled",
  "fatal: unable to access 'https://git.example.org/wiki.git/': The requested URL returned error: 403",
  "git@git.example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.",
  "Host key verification failed.\nfatal: Could not read from remote repository.",
])("who is turned away is told from who finds nobody: %s", (said) => {
  expect(isGitDenied(said)).toBe(true);
});

test.each(["fatal: unable to access 'https://git.example.org/': Could not resolve host: git.example.org", "fatal: repository 'https://git.example.org/none.git/' not found", "fatal: couldn't find remote ref v9", "fatal: unable to access 'http://127.0.0.1:9/x.git/': Failed to connect to 127.0.0.1 port 9"])("and nothing else counts: %s", (said) => {
  expect(isGitDenied(said)).toBe(false);
});

test.each([
  ["https://ada:hunter22@git.example.org:8443/team/wiki.git", "https://git.example.org:8443", "credential helper"],
  ["git@git.example.org:team/wiki.git", "git.example.org", "ssh key"],
  ["ssh://git@git.example.org/team/wiki.git", "ssh://git.example.org", "ssh key"],
])("of %s the server is named, with where its credentials belong, and no password", (address, origin, where) => {
  const { message, hint } = gitDenied(address, "");
  expect(message).toMatch(new RegExp(`^${origin.replaceAll(".", String.raw`\.`)} `));
  expect(hint).toContain(where);
  expect(hint).toContain(`renew what it has for ${origin}`);
  expect(message + hint).not.toContain("hunter22");
});
