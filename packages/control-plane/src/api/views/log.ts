import { z } from "zod";

/** A line of a build's log as the API shows it. */
const logLineView = z.object({ line: z.number(), step: z.string(), stream: z.string(), at: z.string(), text: z.string() }).meta({ id: "LogLine" });

/** A page of a build's log. */
export const logView = z.object({ lines: z.array(logLineView), next_after: z.number(), complete: z.boolean() });
