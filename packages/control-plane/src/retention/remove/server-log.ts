import { open } from "node:fs/promises";
import { join } from "node:path";
import type { RetentionContext } from "../context.ts";
import type { KeptItem } from "../facts.ts";
import { serverLogBytes } from "../plan-retention.ts";

/** Keeps the newer half of a server's log. The server has the file open for appending: that is why it is cut and not replaced. */
export async function cutServerLog({ dataDirectory }: RetentionContext, { name }: KeptItem): Promise<boolean> {
  await using file = await open(join(dataDirectory, name), "r+");
  const { size } = await file.stat();
  if (size <= serverLogBytes) return false;
  const kept = Buffer.alloc(serverLogBytes / 2);
  const { bytesRead } = await file.read({ buffer: kept, position: size - kept.length });
  const text = kept.subarray(0, bytesRead);
  await file.truncate(0);
  // From its first whole line on.
  await file.write(text.subarray(text.indexOf("\n") + 1), 0, null, 0);
  return true;
}
