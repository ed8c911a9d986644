import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDirectory } from "../../../../../test/support/directory.ts";
import { identifyProcess } from "../../processes/identity.ts";
import { readStat } from "../../processes/proc.ts";
import { findPlaces } from "./places.ts";
import { startEmbeddedServer, type EmbeddedServer } from "./server.ts";
import { eventually } from "../../../../../test/support/eventually.ts";

let directory: string;
/** Most tests take turns with one data directory: making a cluster takes seconds on a busy machine. */
let data: string;
const asRoot = process.getuid?.() === 0;

beforeAll(() => {
  directory = openDirectory("embedded");
  data = join(directory, "shared");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function query(server: EmbeddedServer, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(server.connection);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server, prints its number and keeps it open until it is told to stop it. */
function starter() {
  const script = join(directory, "starter.mjs");
  writeFileSync(
    script,
    `import { startEmbeddedServer } from ${JSON.stringify(join(import.meta.dirname, "server.ts"))};
const server = await startEmbeddedServer(process.argv[2]);
console.log(server.pid);
await new Promise((resolve) => process.stdin.once("data", resolve));
await server.stop();
process.exit(0);
`,
  );
  const child = spawn(process.execPath, [script, data], { stdio: ["pipe", "pipe", "inherit"] });
  return { child, pid: once(child.stdout, "data").then(([text]) => Number(String(text))) };
}

const guards = "select count(*)::int as n from pg_stat_activity where application_name = 'modyard-guard'";

describe("the embedded server", () => {
  it("is one, however many processes start it at once, and ends with the last of them", async () => {
    const starters = [starter(), starter(), starter()];
    const pids = await Promise.all(starters.map(({ pid }) => pid));
    expect(new Set(pids).size).toBe(1);
    const [pid = 0] = pids;
    const [first, second, third] = starters;
    first?.child.stdin.write("stop\n");
    await once(first?.child ?? process, "exit");
    expect(identifyProcess(pid)).toBeDefined();
    second?.child.stdin.write("stop\n");
    third?.child.stdin.write("stop\n");
    await Promise.all([second, third].map((each) => each?.child.exitCode ?? once(each?.child ?? process, "exit")));
    expect(identifyProcess(pid)).toBeUndefined();
  });

  it("keeps what was committed when it is killed, and is started again by who held it", async () => {
    const server = await startEmbeddedServer(data);
    await query(server, "create table kept (n int); insert into kept select generate_series(1, 1000)");
    const killed = server.pid;
    process.kill(killed, "SIGKILL");
    await eventually(async () => expect(await query(server, "select count(*)::int as n from kept")).toEqual([{ n: 1000 }]));
    await eventually(() => expect(server.pid).not.toBe(killed));
    await server.stop();
    expect([killed, server.pid].map(identifyProcess)).toEqual([undefined, undefined]);
  });

  it("is one again after it was killed under several processes", async () => {
    const [other, mine] = [starter(), await startEmbeddedServer(data)];
    const killed = await other.pid;
    process.kill(killed, "SIGKILL");
    await eventually(() => expect(mine.pid).not.toBe(killed));
    await eventually(async () => expect(await query(mine, guards)).toEqual([{ n: 2 }]));
    await mine.stop();
    expect(identifyProcess(mine.pid)).toBeDefined();
    other.child.stdin.write("stop\n");
    await once(other.child, "exit");
    expect(identifyProcess(mine.pid)).toBeUndefined();
  });

  it("waits for none of the killed server's own processes, and lets none of them write beside the new server", async () => {
    const server = await startEmbeddedServer(data);
    const killed = server.pid;
    const busy = new Client(server.connection);
    busy.on("error", () => undefined);
    await busy.connect();
    const [backend] = (await busy.query<{ pid: number }>("select pg_backend_pid() as pid")).rows;
    // It looks for its postmaster only between two statements.
    const ended = busy.query("do $$ declare n bigint := 0; begin loop n := n + 1; end loop; end $$").catch(() => "ended");
    process.kill(killed, "SIGKILL");
    expect(await ended).toBe("ended");
    await eventually(() => expect(server.pid).not.toBe(killed));
    expect(identifyProcess(backend?.pid ?? 0)).toBeUndefined();
    await server.stop();
  });

  it("is held again after one of its backends was killed", async () => {
    const server = await startEmbeddedServer(data);
    const [guard] = await query(server, "select pid from pg_stat_activity where application_name = 'modyard-guard'");
    process.kill(Number(guard?.["pid"]), "SIGKILL");
    await eventually(async () => expect(await query(server, guards)).toEqual([{ n: 1 }]));
    await server.stop();
    expect(identifyProcess(server.pid)).toBeUndefined();
  });

  it("is adopted when whoever started it was killed", async () => {
    const { child, pid } = starter();
    const started = await pid;
    child.kill("SIGKILL");
    await once(child, "exit");
    const server = await startEmbeddedServer(data);
    expect(server.pid).toBe(started);
    await server.stop();
    expect(identifyProcess(started)).toBeUndefined();
  });

  it("starts although its pid file names a living process of somebody else", async () => {
    await (await startEmbeddedServer(data)).stop();
    const { data: cluster, sockets } = findPlaces(data);
    // Its folder begins with ours: the kind of neighbour that a careless comparison takes for our server.
    const neighbour = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)", "--", "-D", `${cluster}2`]);
    writeFileSync(join(cluster, "postmaster.pid"), `${neighbour.pid}\n${cluster}\n`);
    writeFileSync(join(sockets, ".s.PGSQL.5432.lock"), `${neighbour.pid}\n`);
    const server = await startEmbeddedServer(data);
    expect(server.pid).not.toBe(neighbour.pid);
    expect(await query(server, "select 1 as n")).toEqual([{ n: 1 }]);
    await server.stop();
    expect(identifyProcess(neighbour.pid ?? 0)).toBeDefined();
    neighbour.kill("SIGKILL");
  });

  it.runIf(process.platform === "linux")("starts although its pid file names a dead process that nobody has collected", async () => {
    await (await startEmbeddedServer(data)).stop();
    const { data: cluster } = findPlaces(data);
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    await eventually(() => expect(readStat(pid)?.state).toBe("Z"));
    writeFileSync(join(cluster, "postmaster.pid"), `${pid}\n${cluster}\n`);
    const server = await startEmbeddedServer(data);
    expect(await query(server, "select 1 as n")).toEqual([{ n: 1 }]);
    await server.stop();
    parent.kill("SIGKILL");
  });

  it("stays while another client is connected", async () => {
    const server = await startEmbeddedServer(data);
    const other = new Client(server.connection);
    await other.connect();
    await server.stop();
    expect((await other.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
    await other.end();
    await (await startEmbeddedServer(data)).stop();
    expect(identifyProcess(server.pid)).toBeUndefined();
  });

  it("works in a directory whose path is longer than a socket's may be", async () => {
    const long = join(directory, "d".repeat(60), "e".repeat(60));
    const server = await startEmbeddedServer(long);
    expect(Buffer.byteLength(server.connection.host)).toBeLessThan(100);
    expect(await query(server, "select 1 as n")).toEqual([{ n: 1 }]);
    await server.stop();
    rmSync(findPlaces(long).sockets, { recursive: true, force: true });
  });

  it("listens on no port, and its files are closed to others", async () => {
    const server = await startEmbeddedServer(data);
    expect(await query(server, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
    const places = findPlaces(data);
    for (const path of [places.data, places.sockets]) expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(places.log).mode & 0o077).toBe(0);
    if (asRoot) expect([statSync(places.data).uid, statSync(`/proc/${server.pid}`).uid]).toEqual([65534, 65534]);
    await server.stop();
  });

  it.runIf(asRoot)("keeps its things elsewhere when the server's user could not reach the data directory", async () => {
    const closed = join(directory, "closed", "data");
    mkdirSync(join(directory, "closed"), { mode: 0o700 });
    const server = await startEmbeddedServer(closed);
    expect(server.connection.host.startsWith(closed)).toBe(false);
    expect(await query(server, "select 1 as n")).toEqual([{ n: 1 }]);
    await server.stop();
    rmSync(findPlaces(closed).home, { recursive: true, force: true });
  });

  it("says in the server's own words why it cannot start", async () => {
    await (await startEmbeddedServer(data)).stop();
    const { data: cluster } = findPlaces(data);
    const control = readFileSync(join(cluster, "global", "pg_control"));
    writeFileSync(join(cluster, "global", "pg_control"), Buffer.alloc(control.length));
    await expect(startEmbeddedServer(data)).rejects.toMatchObject({ code: "database_unreachable" });
    expect(existsSync(join(cluster, "..", "start.lock"))).toBe(false);
  });
});
