import type { Build } from "../../build/store.ts";
import type { Environment } from "../../deployment/environment.ts";
import type { Deployment } from "../../deployment/store.ts";
import type { Release } from "../../release/store.ts";
import { builder } from "./builder.ts";

// Types that name each other: known before any of them is described.
export const buildRef = builder.objectRef<Build>("Build");
export const releaseRef = builder.objectRef<Release>("Release");
export const deploymentRef = builder.objectRef<Deployment>("Deployment");
export const environmentRef = builder.objectRef<Environment>("Environment");
