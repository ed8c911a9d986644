import { expect, test } from "vitest";
import { phases } from "./phases.ts";
import type { RoundResult } from "./round.ts";
import { isClean, tally } from "./tally.ts";

const [first, second] = phases;
if (first === undefined || second === undefined) throw new Error("there are no phases");

const clean: RoundResult = {
  kill: { phase: first, victim: "worker", depth: 0 },
  recovered: true, recoveryMs: 1_000, amiss: [],
  stuckLocks: [], orphans: [], lostAcknowledgements: [], forbiddenStates: [], branchProblems: [], unaskedEnds: [], ownLosses: [], losses: [],
};
const loss = { began: 1, ended: 2, why: "gone" };

test("a drill is clean when every kill was recovered from and nothing was lost or stuck", () => {
  expect(isClean(tally([clean, { ...clean, ownLosses: [loss] }], 1, 10))).toBe(true);
});

test.each([
  { recovered: false, amiss: ["never came back"] },
  { stuckLocks: ["a lock"] },
  { orphans: ["a process"] },
  { lostAcknowledgements: ["a build"] },
  { losses: [loss] },
  { forbiddenStates: ["two active releases"] },
  { branchProblems: ["a commit of nobody"] },
  { unaskedEnds: ["modyard serve ended by itself (1)"] },
] satisfies Partial<RoundResult>[])("one round with %o makes the drill unclean, and is told in words", (wrong) => {
  const report = tally([clean, { ...clean, ...wrong }], 1, 10);
  expect(isClean(report)).toBe(false);
  expect(report.problems).toHaveLength(1);
});

test("times are those of kills that were recovered from: the middle one and the longest", () => {
  const rounds = [3_000, 1_000, 9_000.4, 2_000].map((recoveryMs) => ({ ...clean, recoveryMs }));
  expect(tally([...rounds, { ...clean, recovered: false, recoveryMs: 99_000 }], 1, 0).recovery_ms).toEqual({ median: 2_000, worst: 9_000 });
  expect(tally([], 1, 0).recovery_ms).toEqual({ median: null, worst: null });
});

test("phases are told in the order of the way, with the kills of each victim", () => {
  const later: RoundResult = { ...clean, kill: { phase: second, victim: "database", depth: 1 }, recovered: false };
  expect(tally([later, clean, clean], 1, 0).phases).toMatchObject([
    { phase: first.name, kills: 2, recovered: 2, victims: { worker: { kills: 2, recovered: 2 } } },
    { phase: second.name, kills: 1, recovered: 0, recovery_ms: { median: null }, victims: { database: { kills: 1, recovered: 0 } } },
  ]);
});
