import type { ToolchainContext } from "../../toolchains/toolchain.ts";
import type { BuildContext } from "../context.ts";
import type { Source } from "./source.ts";
import type { StepName } from "../steps.ts";
import type { Build } from "../store.ts";

/** Where one run of the pipeline works. */
export interface Workspace {
  /** Holds everything of this run; removed at its end. */
  readonly root: string;
  /** The checkout. */
  readonly directory: string;
  /** For HOME, /tmp and files that the build must not see. */
  readonly scratch: string;
}

/** One run of the pipeline: what its steps share. */
export interface PipelineRun {
  readonly context: BuildContext;
  readonly build: Build;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  /** Runs a step: records it, moves stage and progress, checks that the build is still ours. */
  step<T>(name: StepName, action: () => Promise<T>): Promise<T>;
  /** Does something outside the database that only the holder of the build may do: nobody else becomes it meanwhile. Throws lease_lost. */
  asHolder<T>(action: () => Promise<T>): Promise<T>;
  /** Whether commands have to do with as little memory as they can: one processor, one thing at a time. */
  readonly sparing: boolean;
  /** From now on they have to. */
  spare(): void;
  /** A line of Modyard's own in the build's log. */
  log(text: string): void;
  /** What the toolchain gets for this checkout. */
  toolchainContext(source: Source): ToolchainContext;
}
