import { z } from "zod";

/** Milliseconds of one build and of its parts. */
export interface Stages {
  /** Modyard's `resolve`; by hand `cargo fetch`. */
  readonly download: number;
  readonly compile: number;
  readonly test: number;
  /** From the request to the artifact; by hand the three commands. */
  readonly all: number;
}

const buildSchema = z.object({ steps: z.array(z.object({ name: z.string(), started_at: z.coerce.date(), finished_at: z.coerce.date() })) });

/** Reads the steps of a build of Modyard's that took `all` milliseconds. */
export function stagesOf(build: unknown, all: number): Stages {
  const { steps } = buildSchema.parse(build);
  const took = (name: string): number => steps.filter((step) => step.name === name).reduce((sum, { started_at, finished_at }) => sum + finished_at.getTime() - started_at.getTime(), 0);
  return { download: took("resolve"), compile: took("compile"), test: took("test"), all };
}

/** One line, in seconds. */
export function showStages({ download, compile, test, all }: Stages): string {
  const rest = all - download - compile - test;
  return `${seconds(all)} s (download ${seconds(download)}, compile ${seconds(compile)}, test ${seconds(test)}${rest > 1 ? `, rest ${seconds(rest)}` : ""})`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
