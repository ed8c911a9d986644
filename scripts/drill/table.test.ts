import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { expect, test } from "vitest";
import { phases, victims } from "./phases.ts";
import type { RoundResult } from "./round.ts";
import { renderTable } from "./table.ts";
import { tally } from "./tally.ts";

const nothing = { amiss: [], stuckLocks: [], orphans: [], lostAcknowledgements: [], forbiddenStates: [], branchProblems: [], unaskedEnds: [], ownLosses: [], losses: [] };
const many = phases.flatMap((phase) => victims.flatMap((victim) => Array.from({ length: 12 }, (_, index): RoundResult => ({ ...nothing, kill: { phase, victim, depth: 0 }, recovered: index > 0, recoveryMs: 123_456 }))));

test.each([{ name: "nothing yet", rounds: [] }, { name: "a thousand kills", rounds: many }])("the table of $name fits into 80 columns and has a line for every phase", ({ rounds }) => {
  const lines = renderTable(tally(rounds, 12_345, 1_234_567), phases, { planned: 2_000, doing: "killing the control plane in deployment prepare" }, pc.createColors(true)).map(stripVTControlCharacters);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  for (const { name } of phases) expect(lines.some((line) => line.startsWith(`  ${name} `))).toBe(true);
});
