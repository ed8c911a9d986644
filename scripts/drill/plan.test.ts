import { assert, integer, property, subarray } from "fast-check";
import { expect, test } from "vitest";
import { phases, victims } from "./phases.ts";
import { planKills } from "./plan.ts";

const pairOf = ({ phase, victim }: ReturnType<typeof planKills>[number]): string => `${phase.name} × ${victim}`;
const counts = (names: readonly string[]): readonly number[] => [...Map.groupBy(names, (name) => name).values()].map(({ length }) => length);

test("one seed gives one order, another seed another", () => {
  expect(planKills(40, phases, 7)).toEqual(planKills(40, phases, 7));
  expect(planKills(40, phases, 7)).not.toEqual(planKills(40, phases, 8));
});

test("every combination comes once in as many kills as there are combinations", () => {
  assert(
    property(integer(), (seed) => {
      const all = phases.length * victims.length;
      expect(new Set(planKills(all, phases, seed).map(pairOf)).size).toBe(all);
    }),
  );
});

test("phases, victims and their combinations are covered evenly by any number of kills of any phases", () => {
  assert(
    property(integer(), integer({ min: 1, max: 300 }), subarray([...phases], { minLength: 1 }), (seed, count, some) => {
      const kills = planKills(count, some, seed);
      for (const names of [kills.map(({ phase }) => phase.name), kills.map(({ victim }) => victim)]) {
        const each = counts(names);
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }
      // Even where the numbers of phases and victims have a common divisor no combination comes a third time before all came once.
      const pairs = counts(kills.map(pairOf));
      expect(Math.max(...pairs)).toBeLessThanOrEqual(Math.ceil(count / (some.length * victims.length)));
    }),
  );
});

test("a rollback is killed at each of its steps in turn", () => {
  const rollback = phases.filter(({ work }) => work === "rollback");
  expect(new Set(planKills(8, rollback, 1).map(({ phase }) => phase.step))).toEqual(new Set(["start", "smoke", "switch", "retire"]));
});
