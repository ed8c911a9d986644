/** Which build and release this process runs; null where nobody said, as in development. */
export interface Identity {
  readonly build_id: string | null;
  readonly release_id: string | null;
}

/** Reads `MODYARD_BUILD_ID` and `MODYARD_RELEASE_ID`; empty counts as absent. */
export function readIdentity(env: Readonly<Record<string, string | undefined>> = process.env): Identity {
  return { build_id: env["MODYARD_BUILD_ID"] || null, release_id: env["MODYARD_RELEASE_ID"] || null };
}
