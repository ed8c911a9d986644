import { describe, expect, it } from "vitest";
import { dependencyOrder } from "./order.ts";

const graph = (edges: Record<string, string[]>): Map<string, string[]> => new Map(Object.entries(edges));

describe("dependencyOrder", () => {
  it("is alphabetical where nothing depends, and puts dependencies first where something does", () => {
    expect(dependencyOrder(graph({ c: [], b: [], a: ["c"] })).order).toEqual(["c", "a", "b"]);
  });

  it("names every circle in full, a module that needs itself included", () => {
    const { order, cycles } = dependencyOrder(graph({ a: ["b"], b: ["c"], c: ["a"], d: ["d"] }));
    expect(cycles).toEqual([["a", "b", "c", "a"], ["d", "d"]]);
    expect(order.toSorted()).toEqual(["a", "b", "c", "d"]);
  });

  it("leaves out dependencies that the graph does not have", () => {
    expect(dependencyOrder(graph({ a: ["gone"] }))).toEqual({ order: ["a"], cycles: [] });
  });

  it("walks a chain of 10,000 modules without overflowing the stack", () => {
    const chain = new Map(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, index === 9_999 ? [] : [`m${index + 1}`]] as const));
    expect(dependencyOrder(chain).order[0]).toBe("m9999");
  });
});
