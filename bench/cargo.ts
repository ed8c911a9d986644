// A Rust host by Modyard and by cargo itself, in turn: `node bench/cargo.ts [ROUNDS] [debug]`. Each round begins with nothing.
// By hand means the commands that Modyard gives, with a cargo home and a target directory of their own: fetch, build and test, without
// artifact, proof, or a way back. Modyard's builds are timed from the request to the artifact. What the first two aims are about is said
// without downloads too, which take now this long and now that; and in processor time, which other programs on the machine change less.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { copyExample } from "../scripts/copy-example.ts";
import { openCargoByHand } from "./support/cargo-by-hand.ts";
import { buildTwoAtOnce, type TwoAtOnce } from "./support/build-two.ts";
import { cpuBetween, type CpuTime, cpuTime } from "./support/cpu-time.ts";
import { median, spread, timed } from "./support/measure.ts";
import { openModyard, untilStatus } from "./support/modyard.ts";
import { showStages, type Stages, stagesOf } from "./support/stages.ts";

const run = promisify(execFile);
const rounds = Number(process.argv[2] ?? 2);
const profile = process.argv[3] === "debug" ? "debug" : "release";
const target = "x86_64-unknown-linux-gnu";
const base = ["commerce", "content", "pages"];

/** Milliseconds between two questions whether a build is over: to ask is work too, and the build's own record says when it was. */
const lookEvery = { cold: 1_000, warm: 100, install: 250 } as const;

/** The builds of one round, in this order. */
const names = ["cold", "warm", "install"] as const;
type Name = (typeof names)[number];

interface Measured extends Stages {
  readonly cpu: CpuTime;
}

interface Round {
  readonly ours: Readonly<Record<Name, Measured>>;
  readonly theirs: Readonly<Record<Name, Measured>>;
  /** From the request until users get the module. */
  readonly live: number;
  readonly rollback: number;
}

async function oneRound(): Promise<Round> {
  const [modyard, hand] = await Promise.all([openModyard(28_080, "rust-platform"), openCargoByHand(target, profile === "release" ? ["--release"] : [])]);
  const host = join(modyard.directory, "host");
  const build = async (name: Name, change: Readonly<Record<string, unknown>>, whenBuilt: () => Promise<void> = async () => {}) => {
    const before = cpuTime();
    const { build_id } = await modyard.post("/builds", { ...change, deploy_to: "prod", reason: "bench" });
    const id = String(build_id);
    while (["queued", "running"].includes(String((await modyard.get(`/builds/${id}`))["status"]))) await sleep(lookEvery[name]);
    const cpu = cpuBetween(before, cpuTime());
    await whenBuilt();
    await modyard.whenLive(id);
    return tell(name, "Modyard", { ...stagesOf(await modyard.get(`/builds/${id}`)), cpu });
  };
  const byHand = async (name: Name, modules: readonly string[]) => {
    await hand.pull(host);
    const before = cpuTime();
    const stages = await hand.build(modules);
    return tell(name, "by hand", { ...stages, cpu: cpuBetween(before, cpuTime()) });
  };
  try {
    await useProfile(host);
    const cold = [await build("cold", {}), await byHand("cold", base)] as const;
    await writeFile(join(host, "NEWS.md"), "What is no program is compiled into none.\n");
    await commit(host, "News");
    const warm = [await build("warm", {}), await byHand("warm", base)] as const;
    const started = performance.now();
    let live = 0;
    const install = [await build("install", { install: ["blog"] }, async () => {
      await untilStatus(`${modyard.platformUrl}/blog`, 200);
      live = performance.now() - started;
    }), await byHand("install", [...base, "blog"])] as const;
    const rollback = await timed(async () => {
      await modyard.post("/environments/prod/rollback", { reason: "bench" });
      await untilStatus(`${modyard.platformUrl}/blog`, 404);
    });
    return { ours: { cold: cold[0], warm: warm[0], install: install[0] }, theirs: { cold: cold[1], warm: warm[1], install: install[1] }, live, rollback: rollback.milliseconds };
  } finally {
    await Promise.all([modyard.close(), hand.close()]);
  }
}

function tell(name: Name, who: string, measured: Measured): Measured {
  const { commands, own } = measured.cpu;
  console.log(`  ${name.padEnd(8)} ${who}: ${showStages(measured)}; processor ${(commands / 1000).toFixed(2)} s${who === "Modyard" ? ` and ${(own / 1000).toFixed(2)} s of its own` : ""}`);
  return measured;
}

async function useProfile(host: string): Promise<void> {
  if (profile === "release") return;
  const file = join(host, "modules.toml");
  await writeFile(file, (await readFile(file, "utf8")).replace('profile = "release"', 'profile = "debug"'));
  await commit(host, "Debug profile");
}

async function commit(host: string, message: string): Promise<void> {
  await run("git", ["add", "--all"], { cwd: host });
  await run("git", ["commit", "--quiet", "--message", message], { cwd: host });
}

function print(name: string, ours: readonly number[], theirs: readonly number[], aim = ""): void {
  const ratio = (median(ours) / median(theirs)).toFixed(2);
  console.log(`  ${name.padEnd(30)} ${spread(ours).padEnd(24)} ${spread(theirs).padEnd(24)} ratio ${ratio}${aim}`);
}

const all: Round[] = [];
const two: TwoAtOnce[] = [];
for (let round = 1; round <= rounds; round += 1) {
  console.log(`round ${round} of ${rounds}, the Rust example, profile ${profile}`);
  all.push(await oneRound());
  const last = await buildTwoAtOnce((to) => copyExample({ to, example: "rust-platform" }), profile);
  console.log(`  two at once ${(last.atOnce / 1000).toFixed(2)} s, in turn ${(last.inTurn / 1000).toFixed(2)} s`);
  two.push(last);
}

const of = (who: "ours" | "theirs", name: Name, read: (measured: Measured) => number): number[] => all.map((round) => read(round[who][name]));
const whole = (measured: Measured): number => measured.all;
const offline = (measured: Measured): number => measured.all - measured.download;
const processor = ({ cpu }: Measured): number => cpu.commands + cpu.own;
console.log(`\n  ${"".padEnd(30)} ${"Modyard".padEnd(24)} by cargo itself`);
print("cold", of("ours", "cold", whole), of("theirs", "cold", whole));
print("cold, without downloads", of("ours", "cold", offline), of("theirs", "cold", offline), "   aim 1.03");
print("  processor time", of("ours", "cold", processor), of("theirs", "cold", processor));
print("again, nothing to do", of("ours", "warm", whole), of("theirs", "warm", whole));
print("one more small crate", of("ours", "install", whole), of("theirs", "install", whole));
const share = (who: "ours" | "theirs"): string => (median(of(who, "install", whole)) / median(of(who, "cold", offline))).toFixed(2);
console.log(`    of a cold build without downloads: ${share("ours")} (by hand ${share("theirs")})   aim 0.15`);
print("two at once, and in turn", two.map(({ atOnce }) => atOnce), two.map(({ inTurn }) => inTurn), "   aim 1.1");
console.log(`  install until live             ${spread(all.map(({ live }) => live))}`);
console.log(`  rollback until live            ${spread(all.map(({ rollback }) => rollback))}`);
