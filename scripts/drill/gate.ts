import { setTimeout as delay } from "node:timers/promises";
import type { SiteDatabase } from "./database.ts";
import { gateName, type Phase } from "./phases.ts";

/** Any number that nobody else uses for an advisory lock. */
const key = 47_110_815;
const lookMs = 2;

/**
 * Triggers of the drill's own, beside the product's tables: each step that begins passes a gate, and waits there in its own
 * statement while the gate is closed for it. So every step can be met, however quick it is, and the product needs no hooks.
 * Another trigger writes down every change of status.
 */
const setUp = `
  create schema drill;
  create table drill.closed (phase text not null);
  create table drill.changes (kind text not null, id text not null, was text not null, became text not null);

  create function drill.pass(phase text) returns void language plpgsql as $$
  begin
    if exists (select 1 from drill.closed where closed.phase = pass.phase) then perform pg_advisory_xact_lock_shared(${key}); end if;
  end $$;

  create function drill.build_step() returns trigger language plpgsql as $$
  begin
    perform drill.pass('build ' || new.name);
    return null;
  end $$;
  create trigger drill_build_step after insert on public.build_steps for each row execute function drill.build_step();

  create function drill.build_end() returns trigger language plpgsql as $$
  begin
    perform drill.pass('build finish');
    return null;
  end $$;
  create trigger drill_build_end after update of status on public.builds for each row when (new.status = 'success' and old.status = 'running') execute function drill.build_end();

  create function drill.deployment_step() returns trigger language plpgsql as $$
  begin
    perform drill.pass(case when new.kind = 'deploy' then 'deployment ' else 'rollback ' end || (new.steps -> -1 ->> 'name'));
    return null;
  end $$;
  create trigger drill_deployment_step after update of steps on public.deployments for each row
    when (new.status = 'running' and new.steps -> -1 ->> 'status' = 'running' and new.steps is distinct from old.steps) execute function drill.deployment_step();

  create function drill.note_change() returns trigger language plpgsql as $$
  begin
    insert into drill.changes values (tg_table_name, new.id::text, old.status, new.status);
    return null;
  end $$;
  create trigger drill_builds after update of status on public.builds for each row when (new.status <> old.status) execute function drill.note_change();
  create trigger drill_deployments after update of status on public.deployments for each row when (new.status <> old.status) execute function drill.note_change();
  create trigger drill_releases after update of status on public.releases for each row when (new.status <> old.status) execute function drill.note_change();`;

/** Stops what is under way at the first instant of one step. */
export class Gate {
  readonly #database: SiteDatabase;

  constructor(database: SiteDatabase) {
    this.#database = database;
  }

  async install(): Promise<void> {
    await this.#database.query(setUp);
  }

  async close(phase: Phase): Promise<void> {
    await this.#database.patientQuery("select pg_advisory_lock($1)", [key]);
    await this.#database.query("insert into drill.closed values ($1)", [gateName(phase)]);
  }

  /** Waits until somebody stands at the gate; the process id of the worker that does. */
  async arrival(signal: AbortSignal, patienceMs: number): Promise<number> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      signal.throwIfAborted();
      const [waiting] = await this.#database.query(`select 1 from pg_locks where locktype = 'advisory' and objid = ${key} and not granted`);
      if (waiting !== undefined) return this.#holder();
      await delay(lookMs);
    }
    throw new Error("the step was not reached");
  }

  /** Lets pass who stands there, and everybody after. */
  async open(): Promise<void> {
    // Again where the database was killed meanwhile: with it went the lock, but not the row.
    await this.#database.patientQuery("delete from drill.closed; select pg_advisory_unlock_all()");
  }

  async #holder(): Promise<number> {
    const holders = "select lease_holder as holder from builds where status = 'running' union all select lease_holder from deployments where status = 'running'";
    const [row] = await this.#database.query<{ holder: string }>(holders);
    const pid = Number(row?.holder.split(":")[1]);
    if (!Number.isInteger(pid)) throw new Error(`who holds the lease is not a process of this machine: ${row?.holder}`);
    return pid;
  }
}
