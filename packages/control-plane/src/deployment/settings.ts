import type { DatabaseHandle, Executor } from "../database/connection.ts";
import { appendJournal } from "../journal/journal.ts";

/** What owners set for an environment. */
export interface EnvironmentSettings {
  readonly environment: string;
  /** Whether a second person has to approve every deployment; the way back never waits. */
  readonly approvalRequired: boolean;
  /** Null: nobody ever changed it. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

/** The settings of an environment; the defaults where nobody ever changed them. */
export async function readSettings(db: Executor, environment: string): Promise<EnvironmentSettings> {
  const row = await db.selectFrom("environmentSettings").selectAll().where("environment", "=", environment).executeTakeFirst();
  return row ?? { environment, approvalRequired: false, changedBy: null, changedAt: null };
}

/** Whether deployments of the environment wait for approval. */
export async function isProtected(db: Executor, environment: string): Promise<boolean> {
  return (await readSettings(db, environment)).approvalRequired;
}

/** The names of all protected environments. */
export async function protectedEnvironments(db: Executor): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("environmentSettings").select("environment").where("approvalRequired", "=", true).execute();
  return new Set(rows.map(({ environment }) => environment));
}

/** What somebody wants an environment's settings to be. */
export interface SettingsWish {
  readonly environment: string;
  readonly approvalRequired: boolean;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Changes the settings. It is about what is asked for from now on: what waits goes on waiting, since to switch protection off is not to approve;
 * and what is queued already goes live.
 */
export async function changeSettings({ db }: DatabaseHandle, { environment, approvalRequired, actor, reason }: SettingsWish): Promise<EnvironmentSettings> {
  return db.transaction().execute(async (trx) => {
    const before = await readSettings(trx, environment);
    if (before.approvalRequired === approvalRequired) return before;
    const values = { approvalRequired, changedBy: actor, changedAt: new Date() };
    const insert = trx.insertInto("environmentSettings").values({ environment, ...values });
    const settings = await insert.onConflict((conflict) => conflict.column("environment").doUpdateSet(values)).returningAll().executeTakeFirstOrThrow();
    const details = { approvalRequired: { from: before.approvalRequired, to: approvalRequired } };
    await appendJournal(trx, { actor, action: "environment.settings_changed", subjectType: "environment", subjectId: environment, reason, details });
    return settings;
  });
}
