import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { relative } from "node:path";
import type { ModuleSpec } from "../../manifest/manifest.ts";
import type { StepOutcome, ToolchainContext } from "../toolchain.ts";
import { crateGraph } from "./crate-graph.ts";
import { programsOf } from "./executables.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Lockfile } from "./lockfile.ts";
import { placesOf, type Places } from "./places.ts";
import type { RustTools } from "./rust-tools.ts";
import { stepCommands } from "./step-commands.ts";
import { TargetCache } from "./target-cache.ts";
import type { TargetWish } from "./target-choice.ts";

/**
 * Runs a step on a target directory of its own. Compiling starts from what earlier builds left, or, when the cache must not be used, from
 * nothing; the result then takes the place of all that was kept. Tests go on where compiling ended.
 */
export async function withTarget(context: ToolchainContext, tools: RustTools, step: "compile" | "test", specs: readonly ModuleSpec[], lockfile: Lockfile, action: (places: Places) => Promise<StepOutcome>): Promise<StepOutcome> {
  const cache = new TargetCache(context.cacheDirectory);
  const wish = await wishOf(context, tools, step, specs, lockfile);
  const onWait = (): void => context.log("another build uses the crates that were compiled before; waiting for them");
  const slot = await cache.take(wish, { signal: context.signal, onWait });
  const started = performance.now();
  let outcome: StepOutcome | undefined;
  try {
    outcome = await action(await placesOf(context, { target: slot.directory, home: "ro" }));
    return outcome;
  } finally {
    const isGood = outcome?.ok === true;
    const isKept = context.useCache || step === "test" || isGood;
    const generating = step === "compile" && isKept ? slot.cratesWithNewFiles(`${relative(context.workspace, programsOf(context))}/`) : [];
    const took = step === "compile" ? performance.now() - started : 0;
    await (isKept ? slot.release({ generating, took, awaited: step === "compile" && isGood && (await stepCommands(context, "test", specs)).length > 0 }) : slot.discard());
    if (isKept && !context.useCache) await cache.forgetOthers(wish);
  }
}

async function wishOf(context: ToolchainContext, tools: RustTools, step: "compile" | "test", specs: readonly ModuleSpec[], lockfile: Lockfile): Promise<TargetWish> {
  const graph = crateGraph(lockfile);
  const commands = [...(await stepCommands(context, "build", specs)), ...(await stepCommands(context, "test", specs))];
  const named = commands.map(({ packages }) => packages);
  const told = named.filter((packages) => packages !== undefined);
  const packages = told.length === named.length ? graph.reach([context.app, ...told.flat()]) : graph.all;
  const own = graph.reach([context.app], new Set(specs.map(({ packageName }) => packageName)));
  return {
    workspace: context.workspace,
    identity: await identityOf(context, tools),
    packages,
    modules: new Set([...packages].filter((identity) => !own.has(identity))),
    start: context.useCache ? "any" : step === "test" ? "own" : "none",
    goesOn: step === "test",
  };
}

/** Tools, and the places that are in what they write. A target directory of its own never moves. */
async function identityOf(context: ToolchainContext, tools: RustTools): Promise<string> {
  const { workspace, cargoHome } = await placesOf(context, { home: "ro" });
  const real = workspace === context.workspace ? await realpath(workspace) : workspace;
  return createHash("sha256").update(JSON.stringify([await fingerprintOf(tools), real, cargoHome])).digest("hex");
}
