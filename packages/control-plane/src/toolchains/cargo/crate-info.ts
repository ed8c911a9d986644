import { stripVTControlCharacters } from "node:util";
import * as semver from "semver";
import { problem, type Problem, type Result } from "../../errors/problem.ts";
import { withoutPassword } from "../shared/without-password.ts";
import { runTool, type ToolOutcome } from "../shared/run-tool.ts";
import { toolEnvironment } from "../shared/tool-environment.ts";
import type { DescriptorSource } from "../toolchain.ts";
import { cargoHomeOf, prepareCargoHome, registryEnvironment, registryTokens } from "./cargo-home.ts";
import { isRegistryDenied, registryDenied } from "./registry-denied.ts";
import { findRustTools, type RustTools } from "./rust-tools.ts";

/** The first cargo that knows `cargo info`. */
const firstWithInfo = "1.82.0";

/**
 * Lets the machine's cargo look up a crate (`name` or `name@1.2.3`) by the operator's settings: afterwards its index entry and
 * the `.crate` file are in the cargo home. cargo compiles and runs nothing for that, and reads nothing of the host.
 * Problems: package_not_found (for either form), registry_unreachable, registry_denied, and those of `findRustTools`.
 */
export async function fetchCrate(request: string, source: DescriptorSource): Promise<Problem | undefined> {
  const cargo = await cargoForReading(source);
  if (!cargo.ok) return cargo.problems[0];
  // In the root directory there is no configuration but the operator's.
  const outcome = await runTool({ argv: [cargo.value.program, "info", "--quiet", "--registry", "crates-io", "--", request], cwd: "/", env: cargo.value.env, timeoutSeconds: 120 });
  return outcome.exitCode === 0 ? undefined : explain(request, outcome);
}

/** The machine's cargo with the operator's settings, to ask the registry with; see `findRustTools` for its problems. */
export async function cargoForReading(source: DescriptorSource): Promise<Result<{ readonly program: string; readonly env: Readonly<Record<string, string>> }>> {
  const tools = await readingTools(source.hostDirectory);
  if (!tools.ok) return tools;
  await prepareCargoHome(source.cacheDirectory);
  const env = {
    ...toolEnvironment(),
    // cargo's own patience is too long for a person who waits for a plan.
    CARGO_NET_RETRY: "1",
    CARGO_HTTP_TIMEOUT: "15",
    ...(await registryEnvironment()),
    ...(await registryTokens()),
    CARGO_NET_GIT_FETCH_WITH_CLI: "true",
    CARGO_HOME: cargoHomeOf(source.cacheDirectory),
    RUSTC: tools.value.rustc,
    CARGO_TERM_COLOR: "never",
  };
  return { ok: true, value: { program: tools.value.cargo, env } };
}

/** Any toolchain can look up crates; a host that is bound to an old one is read with the machine's usual one. */
async function readingTools(hostDirectory: string): Promise<Result<RustTools>> {
  const usual = await findRustTools("/");
  if (usual.ok && semver.gte(usual.value.version, firstWithInfo)) return usual;
  const own = await findRustTools(hostDirectory);
  if (own.ok && semver.gte(own.value.version, firstWithInfo)) return own;
  if (!usual.ok && !own.ok) return usual;
  return { ok: false, problems: [problem("rust_toolchain_missing", `crates can be looked up with cargo ${firstWithInfo} or later only`, { hint: "Run rustup update stable as the user of the control plane." })] };
}

function explain(request: string, { exitCode, stderr }: ToolOutcome): Problem {
  const text = withoutPassword(stripVTControlCharacters(stderr)).trim();
  if (exitCode === 124) return problem("registry_unreachable", `the registry did not answer in time when asked for ${request}`);
  if (/^error: could not find `/m.test(text)) return problem("package_not_found", `the registry has no crate ${request}`);
  if (/No space left on device/.test(text)) return problem("disk_full", `no space left while looking up ${request}`);
  if (isRegistryDenied(text)) return registryDenied(text, {});
  const causes = text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && line !== "Caused by:");
  return problem("registry_unreachable", `cargo cannot look up ${request}: ${[causes[0]?.replace(/^error: /, ""), causes.at(-1)].join(": ").slice(0, 400)}`);
}
