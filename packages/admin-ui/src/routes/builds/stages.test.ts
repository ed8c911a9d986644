import { expect, test } from "vitest";
import { stagesOf } from "./stages.ts";

type Build = Parameters<typeof stagesOf>[0];
type Deployment = NonNullable<Parameters<typeof stagesOf>[2]>[number];

const at = (second: number): string => new Date(second * 1_000).toISOString();
const names = ["checkout", "render", "resolve", "generate", "compile", "test", "package", "publish", "land"];
const passed = (steps: readonly string[]) => steps.map((name) => ({ name, status: "success", started_at: at(2), finished_at: at(3) }));
// eslint-disable-next-line typescript/no-unsafe-type-assertion -- only what the line of steps looks at
const build = (more: object): Build => ({ status: "success", created_at: at(0), started_at: at(2), finished_at: at(12), deploy_to: null, verifies: null, steps: passed(names), ...more }) as Build;
// eslint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const deployment = (more: object): Deployment => ({ environment: "prod", status: "success", steps: [], error: null, started_at: at(12), finished_at: at(16), ...more }) as Deployment;
const told = (...asked: Parameters<typeof stagesOf>): readonly string[] => stagesOf(...asked).map(({ name, state, step }) => [name, state, step].filter((each) => each !== undefined).join(" "));

test("a build for nowhere ends with the branch", () => {
  expect(told(build({}), 0)).toEqual(["queue done", "checkout done", "build done", "test done", "publish done"]);
});

test("a build that is made again to be compared publishes nothing", () => {
  expect(told(build({ verifies: "bld_1", steps: passed(names.slice(0, 7)) }), 0)).toEqual(["queue done", "checkout done", "build done", "test done", "compare done"]);
});

test("a build that runs says at which step, and what is still ahead", () => {
  const running = build({ status: "running", finished_at: null, deploy_to: "prod", steps: [...passed(names.slice(0, 3)), { name: "generate", status: "running", started_at: at(4), finished_at: null }] });
  expect(told(running, 9_000)).toEqual(["queue done", "checkout done", "build now generate", "test ahead", "publish ahead", "deploy ahead"]);
  expect(stagesOf(running, 9_000)[2]?.took).toBe(6_000);
});

test("a build that succeeded and could not go live ends with what failed, in the environment that it was for", () => {
  const failed = deployment({ status: "failed", error: { step: "smoke", problems: [], excerpt: [] } });
  const others = [deployment({ environment: "staging" }), failed];
  expect(told(build({ deploy_to: "prod" }), 0, others).at(-1)).toBe("deploy failed smoke");
  expect(stagesOf(build({ deploy_to: "prod" }), 0, others).at(-1)?.took).toBe(4_000);
});

test("a deployment that waits for a second person is not said to run", () => {
  expect(told(build({ deploy_to: "prod" }), 0, [deployment({ status: "waiting_approval", started_at: null, finished_at: null })]).at(-1)).toBe("deploy waits");
});
