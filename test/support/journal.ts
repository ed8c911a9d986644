import { z } from "zod";

const named = z.looseObject({ requested_by: z.string().optional() });

/** Whom a token named as the requester, as an entry of the journal tells it. */
export function requesterIn({ details }: { readonly details?: unknown }): string | undefined {
  return named.parse(details).requested_by;
}
