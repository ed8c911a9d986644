import { expect, test } from "vitest";
import { compareLocked } from "./compare-releases.ts";

const of = (name: string, version: string) => ({ name, version });

test("packages that came, went and changed are told by name; a name may have several versions", () => {
  const before = [of("kept", "1.0.0"), of("gone", "2.0.0"), of("moved", "1.0.0"), of("twice", "1.0.0"), of("twice", "1.0.0")];
  const after = [of("twice", "2.0.0"), of("twice", "1.0.0"), of("moved", "1.1.0"), of("new", "0.1.0"), of("kept", "1.0.0")];
  expect(compareLocked(before, after)).toEqual([
    { name: "gone", from: ["2.0.0"], to: [] },
    { name: "moved", from: ["1.0.0"], to: ["1.1.0"] },
    { name: "new", from: [], to: ["0.1.0"] },
    { name: "twice", from: ["1.0.0"], to: ["1.0.0", "2.0.0"] },
  ]);
});
