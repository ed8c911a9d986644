import type { TestApi } from "../../../../../test/support/api.ts";

/** What the journal has of people, oldest first. */
export async function readNewest({ plane }: Pick<TestApi, "plane">): Promise<readonly { readonly actor: string; readonly action: string; readonly subjectId: string; readonly reason: string; readonly details: Readonly<Record<string, unknown>> }[]> {
  return plane.handle.db.selectFrom("journal").selectAll().where("subjectType", "=", "person").orderBy("id").execute();
}
