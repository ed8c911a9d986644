import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { describeHolder, isDeadHolder } from "./holder.ts";

describe.runIf(process.platform === "linux")("holders of leases", () => {
  test("one that lives or is stopped is not dead, one that ended is", async () => {
    const child = spawn("sleep", ["60"]);
    const holder = describeHolder(child.pid);
    expect(isDeadHolder(holder)).toBe(false);
    child.kill("SIGSTOP");
    expect(isDeadHolder(holder)).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isDeadHolder(holder)).toBe(true);
    expect(isDeadHolder(describeHolder())).toBe(false);
  });

  test("an earlier process with the number of a living one is dead", () => {
    expect(isDeadHolder(`${describeHolder()}1`)).toBe(true);
  });

  test.each(["elsewhere:4194999:00000000.1", "localhost:4194999", "worker 1", ""])("of %j nothing is known", (holder) => {
    expect(isDeadHolder(holder)).toBe(false);
  });
});
