import { relative, resolve, sep } from "node:path";
import { fail } from "../../errors/problem.ts";
import type { CliContext } from "../command.ts";
import { plain, foreignText } from "../client/foreign-text.ts";
import { ask, canAsk } from "./ask.ts";
import type { Found } from "./found.ts";
import { type Candidate, rivals } from "./propose/candidates.ts";

/** Which part is the server: the one that was named, or the likeliest; a person at a terminal decides between likely ones. */
export async function chooseServer(context: CliContext, root: string, found: Found, candidates: readonly Candidate[], options: { readonly server?: string; readonly mayAsk: boolean }): Promise<Candidate | undefined> {
  if (options.server !== undefined) return namedServer(root, options.server, found, candidates);
  const [best] = candidates;
  const others = rivals(candidates);
  if (best === undefined) return fail(...noServer(found));
  return others.length > 0 && options.mayAsk && canAsk(context) ? askWhich(context, [best, ...others]) : best;
}

function noServer(found: Found): Parameters<typeof fail> {
  const parts = [...found.packages, ...found.crates].length;
  if (parts === 0) return ["host_not_recognised", "There is no package.json and no Cargo.toml here"];
  return ["server_not_found", `None of ${parts === 1 ? "1 package" : `${parts} packages`} looks like a server: it would have a start script or a program, or depend on a web framework`];
}

/** Any package or crate may be named, likely or not. */
function namedServer(root: string, name: string, found: Found, candidates: readonly Candidate[]): Candidate {
  const directory = relative(root, resolve(root, name)).split(sep).join("/");
  const likely = candidates.find((each) => each.directory === directory);
  if (likely !== undefined) return likely;
  const crate = found.crates.find((each) => each.directory === directory);
  const reasons = ["--server names it"];
  if (crate !== undefined) return { toolchain: "cargo", directory, name: crate.name, reasons, score: 0 };
  const npm = found.packages.find((each) => each.directory === directory);
  if (npm !== undefined) return { toolchain: "npm", directory, name: npm.name ?? directory, reasons, score: 0 };
  return fail("server_not_found", `There is no package.json and no Cargo.toml in ${name}`, candidates.length === 0 ? {} : { hint: `Likely ones: ${candidates.slice(0, 5).map((each) => each.directory || ".").join(", ")}.` });
}

async function askWhich(context: CliContext, likely: readonly Candidate[]): Promise<Candidate | undefined> {
  const { err } = context.terminal;
  err.line(err.colors.bold("Which of these is the server?"));
  for (const [index, { directory, reasons }] of likely.entries()) err.line(`  ${index + 1}  ${err.colors.cyan(foreignText(plain, directory || "."))}  ${err.colors.dim(foreignText(plain, reasons.slice(0, 2).join(", ")))}`);
  for (;;) {
    const answer = await ask(context, `Number [1] `);
    if (answer === undefined) return undefined;
    const chosen = likely[answer === "" ? 0 : Number(answer) - 1];
    if (chosen !== undefined) return chosen;
    err.line(`Write a number from 1 to ${likely.length}.`);
  }
}
