import { run } from "./run.ts";

const identity = { name: "Example Author", email: "author@example.com", date: "2026-01-01T00:00:00Z" };

/** Makes the directory a git repository with everything in one commit: fixed author and date, so a fixed commit id. */
export async function commitAll(directory: string, message: string): Promise<void> {
  const { name, email, date } = identity;
  await run(directory, "git", "init", "--quiet", "--initial-branch=main");
  await run(directory, "git", "config", "user.name", name);
  await run(directory, "git", "config", "user.email", email);
  await run(directory, "git", "add", "--all");
  await run(directory, "env", `GIT_COMMITTER_DATE=${date}`, "git", "-c", "commit.gpgsign=false", "commit", "--quiet", `--date=${date}`, "-m", message);
}
