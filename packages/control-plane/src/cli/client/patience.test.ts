import { describe, expect, it } from "vitest";
import { fail } from "../../errors/problem.ts";
import { withPatience } from "./patience.ts";

function notes() {
  const told: string[] = [];
  return { told, lost: (message: string) => void told.push(message), back: () => void told.push("back") };
}

describe("withPatience", () => {
  it("tries again while the server is away, and says so once", async () => {
    const { told, ...listener } = notes();
    let attempts = 0;
    const value = await withPatience(() => (++attempts < 3 ? Promise.reject(lost()) : Promise.resolve(attempts)), listener);
    expect(value).toBe(3);
    expect(told).toEqual(["gone", "back"]);
  });

  it("tells each loss of a long attempt that had reached the server in between", async () => {
    const { told, ...listener } = notes();
    let attempts = 0;
    await withPatience((reached) => {
      attempts += 1;
      if (attempts === 2) reached();
      return attempts < 3 ? Promise.reject(lost()) : Promise.resolve();
    }, listener);
    expect(told).toEqual(["gone", "back", "gone", "back"]);
  });

  it("does not repeat what would fail again, and ends when told to", async () => {
    const { told, ...listener } = notes();
    await expect(withPatience(async () => fail("build_not_found", "none"), listener)).rejects.toThrow("none");
    expect(told).toEqual([]);
    const stop = new AbortController();
    const waiting = withPatience(() => Promise.reject(lost()), { ...listener, lost: () => stop.abort(new Error("stopped")) }, stop.signal);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});

function lost(): unknown {
  try {
    return fail("server_unreachable", "gone");
  } catch (error) {
    return error;
  }
}
