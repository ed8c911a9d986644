import { describe, expect, test } from "vitest";
import { assertBuildTransition, buildTransitions, isFinal } from "../packages/control-plane/src/build/states.ts";
import { assertDeploymentTransition, deploymentTransitions } from "../packages/control-plane/src/deployment/states.ts";
import { assertReleaseTransition, deployableStatuses, releaseTransitions } from "../packages/control-plane/src/release/states.ts";

interface Machine {
  readonly name: string;
  readonly table: Readonly<Record<string, readonly string[]>>;
  readonly first: string;
  readonly final: readonly string[];
  readonly assert: (id: string, from: string, to: string) => void;
  readonly code: string;
}

const machines: readonly Machine[] = [
  { name: "build", table: buildTransitions, first: "queued", final: ["success", "failed", "cancelled"], assert: assertBuildTransition as Machine["assert"], code: "build_transition_refused" },
  { name: "release", table: releaseTransitions, first: "pending", final: ["failed"], assert: assertReleaseTransition as Machine["assert"], code: "release_transition_refused" },
  { name: "deployment", table: deploymentTransitions, first: "waiting_approval", final: ["success", "failed", "cancelled"], assert: assertDeploymentTransition as Machine["assert"], code: "deployment_transition_refused" },
];

/** Every state that can be come to from one, itself included. */
function reachable(table: Machine["table"], from: string, seen: ReadonlySet<string> = new Set([from])): ReadonlySet<string> {
  const next = [...seen].flatMap((state) => table[state] ?? []).filter((state) => !seen.has(state));
  return next.length === 0 ? seen : reachable(table, from, new Set([...seen, ...next]));
}

describe.each(machines)("the states of a $name", ({ table, first, final, assert, code }) => {
  const states = Object.keys(table);

  test("every state can be reached, and none is unknown", () => {
    expect([...reachable(table, first)].toSorted()).toEqual(states.toSorted());
  });

  test("the final states are these, and every other one leads to a final one", () => {
    expect(states.filter((state) => table[state]?.length === 0).toSorted()).toEqual([...final].toSorted());
    for (const state of states) expect([...reachable(table, state)].some((each) => final.includes(each) || each === "active")).toBe(true);
  });

  test("what the table allows passes, everything else is refused with its code", () => {
    for (const from of states) {
      for (const to of states) {
        const move = (): void => assert("it", from, to);
        if (table[from]?.includes(to)) expect(move).not.toThrow();
        else expect(move).toThrow(expect.objectContaining({ code }));
      }
    }
  });
});

test("a build is final exactly when nothing may follow", () => {
  const states = Object.keys(buildTransitions) as (keyof typeof buildTransitions)[];
  expect(states.filter(isFinal).toSorted()).toEqual(["cancelled", "failed", "success"]);
});

test("whatever may be deployed may become deploying", () => {
  for (const status of deployableStatuses) expect(releaseTransitions[status]).toContain("deploying");
  expect(deployableStatuses).not.toContain("failed");
});
