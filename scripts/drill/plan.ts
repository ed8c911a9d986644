import { phaseAtTurn, victims, type Phase, type Victim } from "./phases.ts";
import { randomFrom, shuffle } from "./random.ts";

/** One kill: who, when, and how deep inside the step. */
export interface Kill {
  readonly phase: Phase;
  readonly victim: Victim;
  /** 0: at the step's first instant; 1: about half of its usual time later. */
  readonly depth: number;
}

/**
 * The kills in their order: phases and victims each go round in an order of the seed's, so that any few kills in a row are about
 * different phases and different victims, and that all combinations come equally often. One seed gives one order.
 */
export function planKills(count: number, phases: readonly Phase[], seed: number): readonly Kill[] {
  const random = randomFrom(seed);
  const [when, who] = [shuffle(phases, random), shuffle(victims, random)];
  const turns = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const phase = at(when, index);
    const turn = turns.get(phase.name) ?? 0;
    turns.set(phase.name, turn + 1);
    // After a whole round of both, the pairs would repeat: one of them moves on by one.
    const round = Math.floor(index / leastCommonMultiple(when.length, who.length));
    return { phase: phaseAtTurn(phase, turn), victim: at(who, index + round), depth: random() < 0.3 ? 0 : random() };
  });
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = Math.max(a, b);
  while (multiple % a !== 0 || multiple % b !== 0) multiple += 1;
  return multiple;
}
