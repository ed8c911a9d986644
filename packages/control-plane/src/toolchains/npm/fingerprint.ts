import { platform } from "../shared/platform.ts";
import { findNpm } from "./npm-cli.ts";

/** Everything of the tools that may change what a build gives. Stable text. */
export async function fingerprint(): Promise<string> {
  const npm = await findNpm();
  return [`node ${process.versions.node}`, `npm ${npm.version}`, platform()].join("; ");
}
