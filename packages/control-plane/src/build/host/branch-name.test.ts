import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { HostRepository } from "./repository.ts";

const names = ["main", "feature/forum", "a.b", "-x", "--upload-pack=touch x", "/x", ".x", "x/", "x.", "a..b", "a@{b", "a//b", "a/.b", "a b", "a~b", "a^b", "a:b", "a?b", "a*b", "a[b", "a\\b", "a\nb", "a\u0000b", "x.lock", "x.lock/y", "@", "", "refs/heads/main", "ü", "a@b"];

/** What git says of the name itself. */
function gitAccepts(name: string): boolean {
  try {
    execFileSync("git", ["check-ref-format", `refs/heads/${name.replace(/^refs\/heads\//, "")}`], { stdio: "ignore" });
    // A name that begins with a dash is a reference to git, and an option to everybody else.
    return !name.startsWith("-") && name !== "@";
  } catch {
    return false;
  }
}

test.each(names)("the branch name %j is judged as git judges it", async (name) => {
  const repository = new HostRepository("/nowhere/host", "/nowhere/data");
  const refused = await repository.tip(name).then(
    () => "",
    (error: unknown) => String((error as { code?: string }).code),
  );
  expect(refused).toBe(gitAccepts(name) ? "host_not_found" : "ref_not_found");
});
