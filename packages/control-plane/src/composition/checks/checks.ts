import { problem, type Problem } from "../../errors/problem.ts";
import type { Candidate } from "../candidate.ts";
import { dependencyOrder } from "../order.ts";
import { conflicts } from "./conflicts.ts";
import { missingDependencies } from "./dependencies-present.ts";
import { dependencyVersions } from "./dependency-versions.ts";
import { descriptorMismatches, undescribedModules, unverifiedDescriptors } from "./descriptors.ts";
import { hostCompatibility, unknownHostVersion } from "./host-version.ts";
import { mixedKinds, sharedPackages } from "./packages.ts";
import { downgrades, irreversibleMigrations } from "./risks.ts";

type Check = (candidate: Candidate) => readonly Problem[];

const cycles: Check = (candidate) =>
  dependencyOrder(candidate.graph).cycles.map((cycle) =>
    problem("dependency_cycle", `Modules depend on each other in a circle: ${cycle.join(" → ")}`, { module: cycle[0] ?? "", details: { cycle } }),
  );

/** What a plan must not have. */
const blocking: readonly Check[] = [mixedKinds, sharedPackages, descriptorMismatches, missingDependencies, cycles, dependencyVersions, conflicts, hostCompatibility];

/** What whoever confirms a plan should know. */
const warning: readonly Check[] = [unverifiedDescriptors, undescribedModules, unknownHostVersion, downgrades, irreversibleMigrations];

export const blockersOf: Check = (candidate) => blocking.flatMap((check) => check(candidate));
export const warningsOf: Check = (candidate) => warning.flatMap((check) => check(candidate));
