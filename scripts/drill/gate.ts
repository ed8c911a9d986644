import { setTimeout as delay } from "node:timers/promises";
import type { SiteDatabase } from "./database.ts";
import { gateName, type Phase } from "./phases.ts";

/** Any numbers that nobody else uses for advisory locks: where workers wait, and by which they tell their process id meanwhile. */
const key = 47_110_815;
const arrivals = 47_110_816;
const lookMs = 2;

/**
 * Triggers of the drill's own, beside the product's tables: each step that begins passes a gate, and waits there in its own
 * statement while the gate is closed for it. So every step can be met, however quick it is, and the product needs no hooks.
 * Who waits tells its process id by a second lock, because nobody else can read yet what it wrote. Another trigger writes
 * down every change of status.
 */
const setUp = `
  create schema drill;
  create table drill.closed (phase text not null);
  create table drill.changes (kind text not null, id text not null, was text not null, became text not null);

  create function drill.pass(phase text, holder text) returns void language plpgsql as $$
  begin
    if exists (select 1 from drill.closed where closed.phase = pass.phase) then
      perform pg_advisory_xact_lock_shared(${arrivals}, split_part(holder, ':', 2)::int);
      perform pg_advisory_xact_lock_shared(${key});
    end if;
  end $$;

  create function drill.build_step() returns trigger language plpgsql as $$
  begin
    perform drill.pass('build ' || new.name, (select lease_holder from public.builds where id = new.build_id));
    return null;
  end $$;
  create trigger drill_build_step after insert on public.build_steps for each row execute function drill.build_step();

  create function drill.build_status() returns trigger language plpgsql as $$
  begin
    perform drill.pass(case when new.status = 'running' then 'build queue' else 'build finish' end, new.lease_holder);
    return null;
  end $$;
  create trigger drill_build_status after update of status on public.builds for each row
    when ((old.status = 'queued' and new.status = 'running') or (old.status = 'running' and new.status = 'success')) execute function drill.build_status();

  create function drill.deployment_step() returns trigger language plpgsql as $$
  begin
    perform drill.pass(case when new.kind = 'deploy' then 'deployment ' else 'rollback ' end || (new.steps -> -1 ->> 'name'), new.lease_holder);
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
      const [waiting] = await this.#database.query<{ pid: string }>(waitingWorker);
      if (waiting !== undefined) return Number(waiting.pid);
      await delay(lookMs);
    }
    throw new Error("the step was not reached");
  }

  /** Lets pass who stands there, and everybody after. */
  async open(): Promise<void> {
    // Again where the database was killed meanwhile: with it went the lock, but not the row.
    await this.#database.patientQuery("delete from drill.closed; select pg_advisory_unlock_all()");
  }
}

const waitingWorker = `
  select who.objid as pid from pg_locks waiting join pg_locks who on who.pid = waiting.pid and who.locktype = 'advisory' and who.classid = ${arrivals}
  where waiting.locktype = 'advisory' and waiting.objid = ${key} and not waiting.granted`;
