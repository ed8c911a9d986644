// A Rust host by Modyard and by cargo itself, in turn: `node bench/cargo.ts [ROUNDS] [debug]`. Each round begins with nothing.
// By hand means the commands that Modyard gives, with a cargo home and a target directory of their own: build and test, without
// artifact, proof, or a way back. Modyard's builds are timed from the request to the artifact.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyExample } from "../scripts/copy-example.ts";
import { openCargoByHand } from "./support/cargo-by-hand.ts";
import { compileTwoAtOnce, type TwoAtOnce } from "./support/compile-two.ts";
import { median, spread, timed } from "./support/measure.ts";
import { openModyard, untilStatus } from "./support/modyard.ts";

const run = promisify(execFile);
const rounds = Number(process.argv[2] ?? 2);
const profile = process.argv[3] === "debug" ? "debug" : "release";
const flags = [...(profile === "release" ? ["--release"] : []), "--target", "x86_64-unknown-linux-gnu"];
const base = ["commerce", "content", "pages"];

/** Milliseconds of one round. */
interface Builds {
  readonly cold: number;
  readonly warm: number;
  readonly install: number;
}

interface Ours extends Builds {
  /** From the request until users get the module. */
  readonly live: number;
  readonly rollback: number;
}

async function byModyard(): Promise<Ours & { readonly by: Builds }> {
  const [modyard, hand] = await Promise.all([openModyard(28_080, "rust-platform"), openCargoByHand(flags)]);
  const host = join(modyard.directory, "host");
  const build = (change: Readonly<Record<string, unknown>>) => timed(async () => {
    const { build_id } = await modyard.post("/builds", { ...change, reason: "bench" });
    await modyard.whenBuilt(String(build_id));
    return String(build_id);
  });
  try {
    await useProfile(host);
    const cold = await build({ deploy_to: "prod" });
    await modyard.whenLive(cold.value);
    await hand.pull(host);
    const handCold = await timed(() => hand.build(base));
    await writeFile(join(host, "NEWS.md"), "What is no program is compiled into none.\n");
    await commit(host, "News");
    const warm = await build({ deploy_to: "prod" });
    await modyard.whenLive(warm.value);
    await hand.pull(host);
    const handWarm = await timed(() => hand.build(base));
    const started = performance.now();
    const install = await build({ install: ["blog"], deploy_to: "prod" });
    await untilStatus(`${modyard.platformUrl}/blog`, 200);
    const live = performance.now() - started;
    await modyard.whenLive(install.value);
    await hand.pull(host);
    const handInstall = await timed(() => hand.build([...base, "blog"]));
    const rollback = await timed(async () => {
      await modyard.post("/environments/prod/rollback", { reason: "bench" });
      await untilStatus(`${modyard.platformUrl}/blog`, 404);
    });
    const by = { cold: handCold.milliseconds, warm: handWarm.milliseconds, install: handInstall.milliseconds };
    return { cold: cold.milliseconds, warm: warm.milliseconds, install: install.milliseconds, live, rollback: rollback.milliseconds, by };
  } finally {
    await Promise.all([modyard.close(), hand.close()]);
  }
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
  console.log(`  ${name.padEnd(24)} ${spread(ours).padEnd(24)} ${spread(theirs).padEnd(24)} ratio ${ratio}${aim}`);
}

const all: Awaited<ReturnType<typeof byModyard>>[] = [];
const two: TwoAtOnce[] = [];
for (let round = 0; round < rounds; round += 1) {
  all.push(await byModyard());
  two.push(await compileTwoAtOnce((to) => copyExample({ to, example: "rust-platform" }), profile));
}
const of = (key: keyof Ours): number[] => all.map((each) => each[key]);
const handOf = (key: keyof Builds): number[] => all.map(({ by }) => by[key]);
console.log(`the Rust example, profile ${profile}, ${rounds} rounds in turn`);
console.log(`  ${"".padEnd(24)} ${"Modyard".padEnd(24)} by cargo itself`);
print("cold", of("cold"), handOf("cold"), "   aim 1.03");
print("again, nothing to do", of("warm"), handOf("warm"));
print("one more small crate", of("install"), handOf("install"));
print("  of a cold build", of("install"), of("cold"), "   aim 0.15");
print("two at once, and in turn", two.map(({ atOnce }) => atOnce), two.map(({ inTurn }) => inTurn));
console.log(`  install until live       ${spread(of("live"))}`);
console.log(`  rollback until live      ${spread(of("rollback"))}`);
