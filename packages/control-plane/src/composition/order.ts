import type { DependencyGraph } from "./dependencies.ts";
import { sortedUnique } from "./text-order.ts";

/** Modules after what they need, and the circles that made this impossible. */
export interface DependencyOrder {
  /** Every slug of the graph once; inside a circle the order is arbitrary but stable. */
  readonly order: readonly string[];
  /** Each circle in full, its first slug repeated at the end: `["a", "b", "a"]`. */
  readonly cycles: readonly (readonly string[])[];
}

/** A tangle of thousands of modules has millions of circles; the first ones are enough to begin with. */
const cyclesTold = 100;

/** One module on the way down: which of its dependencies comes next. */
interface Step {
  readonly slug: string;
  next: number;
}

/**
 * The dependency order of a graph, the same for every order of its entries: dependencies are walked depth first
 * and alphabetically. Dependencies that the graph does not have are left out. An explicit stack, since a chain
 * of thousands of modules must not overflow the engine's.
 */
export function dependencyOrder(graph: DependencyGraph): DependencyOrder {
  const order: string[] = [];
  const cycles: string[][] = [];
  const state = new Map<string, "open" | "done">();
  for (const start of sortedUnique(graph.keys())) {
    if (!state.has(start)) walk(start);
  }
  return { order, cycles };

  function walk(start: string): void {
    const path: Step[] = [{ slug: start, next: 0 }];
    state.set(start, "open");
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const dependency = graph.get(step.slug)?.[step.next++];
      if (dependency === undefined) close(path, step.slug);
      else if (state.get(dependency) === "open") {
        if (cycles.length < cyclesTold) cycles.push(circle(path, dependency));
      } else if (graph.has(dependency) && !state.has(dependency)) {
        state.set(dependency, "open");
        path.push({ slug: dependency, next: 0 });
      }
    }
  }

  function close(path: Step[], slug: string): void {
    path.pop();
    state.set(slug, "done");
    order.push(slug);
  }
}

function circle(path: readonly Step[], back: string): string[] {
  const slugs = path.map((step) => step.slug);
  return [...slugs.slice(slugs.indexOf(back)), back];
}
