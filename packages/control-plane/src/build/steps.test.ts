import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildSteps, progressAt } from "./steps.ts";

const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: buildSteps.length, maxLength: buildSteps.length });

test("the steps are DESIGN's, their stages never go back, and their first weights are percents", () => {
  expect(buildSteps.map(({ name }) => name)).toEqual(["checkout", "render", "resolve", "generate", "compile", "test", "package", "publish", "land"]);
  const order = ["pending", "checkout", "build", "test", "deploy", "complete"];
  const stages = buildSteps.map(({ stage }) => order.indexOf(stage));
  expect(stages).toEqual(stages.toSorted((left, right) => left - right));
  expect(buildSteps.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});

test("progress only grows, from 0, and never says 100 before the end", () => {
  fc.assert(fc.property(weights, (each) => {
    const seen = buildSteps.flatMap((_, position) => [0, 0.3, 0.9, 1].map((share) => progressAt(each, position, share)));
    expect(seen[0]).toBe(0);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(Math.max(...seen)).toBeLessThan(100);
  }));
});

test("a tool that counts beyond its own total, or backwards, cannot carry progress out of its step", () => {
  const each = buildSteps.map(({ weight }) => weight);
  expect(progressAt(each, 4, 7)).toBe(progressAt(each, 5, 0));
  expect(progressAt(each, 4, -1)).toBe(progressAt(each, 4, 0));
});
