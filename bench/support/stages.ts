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

const span = { finished_at: z.coerce.date() };
const buildSchema = z.object({ ...span, created_at: z.coerce.date(), steps: z.array(z.object({ ...span, name: z.string(), started_at: z.coerce.date() })) });

/** Reads what a build of Modyard's that succeeded says of itself. */
export function stagesOf(build: unknown): Stages {
  const { created_at, finished_at, steps } = buildSchema.parse(build);
  const took = (name: string): number => steps.filter((step) => step.name === name).reduce((sum, step) => sum + step.finished_at.getTime() - step.started_at.getTime(), 0);
  return { download: took("resolve"), compile: took("compile"), test: took("test"), all: finished_at.getTime() - created_at.getTime() };
}

/** One line, in seconds. */
export function showStages({ download, compile, test, all }: Stages): string {
  const rest = all - download - compile - test;
  return `${seconds(all)} s (download ${seconds(download)}, compile ${seconds(compile)}, test ${seconds(test)}${rest > 1 ? `, rest ${seconds(rest)}` : ""})`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
