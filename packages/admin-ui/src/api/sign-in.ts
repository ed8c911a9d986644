import { ApiError } from "@modyard/client";
import { server } from "./server.ts";

/** Ends the session, which is a cookie that no script can read. One that has ended elsewhere needs no end. */
export async function signOut(): Promise<void> {
  try {
    await server.signOut({ body: {} });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
}
