import type { Composition } from "../../composition/composition.ts";
import { assertOk } from "./outcome.ts";
import type { Tools } from "./render.ts";

/** Compiles every surface from the lockfile, without network. */
export async function compile({ toolchain, context }: Tools, composition: Composition): Promise<void> {
  assertOk(await toolchain.compile(context, composition.modules));
}

/** Runs the tests of what was compiled. */
export async function test({ toolchain, context }: Tools, composition: Composition): Promise<void> {
  assertOk(await toolchain.test(context, composition.modules));
}
