import { test } from "vitest";
import { cargo, isThere } from "../support/requirement.ts";

/** A test that needs cargo. */
export const rustTest = test.runIf(isThere(cargo));
