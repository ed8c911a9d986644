import { z } from "zod";

const absolutePath = z.string().startsWith("/").refine((path) => !path.includes("\0"), "must not hold a NUL character");

/** What applications of one environment may see of the machine's files: the operator's word, never the host's. Absolute paths, there or not. */
export const sandboxRulesSchema = z.strictObject({
  /** Look empty, and cannot be written. */
  hidden: z.array(absolutePath),
  /** Seen and writable, also below hidden ones. */
  shown: z.array(absolutePath),
});
export type SandboxRules = z.infer<typeof sandboxRulesSchema>;

/** `off`: the operator wants applications to see and write what the control plane's user can. */
export const sandboxWishSchema = z.union([z.literal("off"), sandboxRulesSchema]);
export type SandboxWish = z.infer<typeof sandboxWishSchema>;
