import { z } from "zod";
import { isNetwork } from "./networks.ts";

/** Which addresses inside the operator's own networks webhooks may call: none, all, or these networks. */
export type PrivateNetworks = "none" | "all" | readonly string[];

const words: Readonly<Record<string, "none" | "all">> = { "": "none", "0": "none", no: "none", false: "none", "1": "all", yes: "all", true: "all" };

/** MODYARD_WEBHOOK_PRIVATE: a word, or networks separated by commas. */
export const privateNetworks = z.string().transform((text, context): PrivateNetworks => {
  const word = words[text.trim().toLowerCase()];
  if (word !== undefined) return word;
  const networks = text.split(",").map((each) => each.trim());
  if (!networks.every(isNetwork)) context.addIssue({ code: "custom", message: "write 1 for all, or networks such as 10.0.0.0/8,fd00::/8" });
  return networks;
});
