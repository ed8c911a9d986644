// The admin page: how much JavaScript comes before it can be used, how long that takes on this machine, and how smoothly a log of
// 100,000 lines scrolls: `node bench/page.ts [lines]`. More than 200 kB of initial JavaScript is an error.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { pino } from "pino";
import { readConfig } from "../packages/control-plane/src/config/config.ts";
import { openControlPlane } from "../packages/control-plane/src/control-plane.ts";
import { provideSetupLink } from "../packages/control-plane/src/access/sign-in/setup.ts";
import { toPublicId } from "../packages/control-plane/src/database/identifiers.ts";
import { buildPage } from "../scripts/build-page.ts";
import { repositoryRoot } from "../scripts/example/files.ts";
import { findChromium, openChromium } from "../test/support/chromium.ts";
import { addHistory } from "./support/history.ts";
import { median, spread } from "./support/measure.ts";
import { startServerProcess } from "./support/server-process.ts";
import { makeTinyHost } from "./support/tiny-host.ts";

const lines = Number(process.argv[2] ?? 100_000);
const mostBytes = 200_000;
const runs = 5;
const executable = findChromium();
if (executable === undefined) throw new Error("there is no Chromium: install Debian's package chromium");

buildPage();
const built = join(repositoryRoot, "packages", "control-plane", "pages", "admin");
const directory = await mkdtemp(join(tmpdir(), "modyard-bench-"));
const [host, data] = [join(directory, "host"), join(directory, "data")];
await mkdir(data);
await makeTinyHost(host);
const plane = await openControlPlane(readConfig({ hostRepo: host, data }, {}), pino({ level: "silent" }));
const { pool } = plane.handle;
const build = "01900000-0000-7000-8000-000000000001";
const token = (await provideSetupLink(plane.handle))?.token ?? "";
const server = await startServerProcess(host, data);
let browser: Browser | undefined;

const gzipped = (file: string): number => gzipSync(readFileSync(file)).length;

/** What of the built scripts the browser has asked for when the page can be used: by gzip, which every proxy can, and as it is sent. */
function benchSize(asked: readonly string[]): void {
  const scripts = asked.map((url) => new URL(url).pathname).filter((path) => path.endsWith(".js")).map((path) => join(built, path)).filter((path) => existsSync(path));
  const initial = scripts.reduce((sum, path) => sum + gzipped(path), 0);
  const sent = scripts.reduce((sum, path) => sum + readFileSync(existsSync(`${path}.br`) ? `${path}.br` : path).length, 0);
  const whole = readdirSync(join(built, "assets")).filter((name) => name.endsWith(".js")).reduce((sum, name) => sum + gzipped(join(built, "assets", name)), 0);
  console.log(`  initial JavaScript, compressed   ${(initial / 1_000).toFixed(1)} kB in ${scripts.length} files, as the server sends it to a browser that reads Brotli ${(sent / 1_000).toFixed(1)} kB   ${((100 * initial) / mostBytes).toFixed(0)} % of what it may be   all of the page's: ${(whole / 1_000).toFixed(1)} kB`);
  if (scripts.length === 0 || initial > mostBytes) throw new Error(`the page's initial JavaScript has ${initial} bytes in ${scripts.length} files: ${mostBytes} are the most that it may have`);
}

/** Signs in the first owner and returns the page, which nobody has shown anything yet. */
async function comeIn(opened: Browser): Promise<Page> {
  const context = await opened.newContext({ viewport: { width: 1360, height: 900 } });
  const answer = await context.request.post(`${server.url}/auth/setup`, { data: { token, email: "ada@example.com", name: "Ada", password: "plain horses sign no forms" }, headers: { origin: server.url } });
  if (!answer.ok()) throw new Error(await answer.text());
  return context.newPage();
}

/** From the address to a search that answers: with an empty cache the first time, then as who comes back. */
async function benchInteractive(page: Page): Promise<void> {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const times: number[] = [];
  for (let run = 0; run < runs + 1; run += 1) {
    const started = performance.now();
    await page.goto(`${server.url}/modules`);
    await page.getByLabel("Search modules").fill("x");
    await page.waitForURL(/q=x/);
    times.push(performance.now() - started);
    if (run === 0) benchSize(asked);
    page.removeAllListeners("request");
  }
  const [first = 0, ...again] = times;
  console.log(`  from the address to a search that answers   first ${first.toFixed(0)} ms   again ${spread(again)}`);
}

const frames = `new Promise((done) => {
  const box = document.querySelector("[role=log]");
  const times = [];
  // As a wheel that is turned fast: no line stays in view for more than two frames.
  const step = box.clientHeight;
  box.scrollTop = box.scrollHeight / 2;
  const frame = (now) => {
    times.push(now);
    box.scrollTop += step;
    if (times.length < 240) requestAnimationFrame(frame);
    else done(times);
  };
  requestAnimationFrame(frame);
})`;
/** The same number of frames in which nothing happens: what the machine can do at all. */
const stillFrames = `new Promise((done) => { const times = []; const frame = (now) => { times.push(now); if (times.length < 240) requestAnimationFrame(frame); else done(times); }; requestAnimationFrame(frame); })`;

const gaps = (times: readonly number[]): readonly number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));
const rate = (times: readonly number[]): number => (1_000 * (times.length - 1)) / ((times.at(-1) ?? 0) - (times[0] ?? 0));

async function benchScrolling(page: Page): Promise<void> {
  const started = performance.now();
  await page.goto(`${server.url}/builds/${toPublicId("bld", build)}`);
  await page.getByText("Complete", { exact: true }).waitFor();
  await page.getByRole("log").getByRole("link", { name: String(lines), exact: true }).waitFor();
  console.log(`  log of ${lines} lines, from the address to its last line   ${(performance.now() - started).toFixed(0)} ms`);
  const still = rate(await page.evaluate<readonly number[]>(stillFrames));
  const times = await page.evaluate<readonly number[]>(frames);
  console.log(`  log of ${lines} lines, scrolled by a window a frame   ${rate(times).toFixed(0)} frames per second (${((100 * rate(times)) / still).toFixed(0)} % of a still page's ${still.toFixed(0)})   a frame ${median(gaps(times)).toFixed(1)} ms   worst ${Math.max(...gaps(times)).toFixed(0)} ms`);
}

try {
  await addHistory(pool, { from: 1, builds: 1, entries: 10 });
  await pool.query("insert into build_logs (build_id, line, step, stream, text) select $1, n, 'compile', 'stdout', 'line ' || n || ' compiling something with a name of usual length' from generate_series(1, $2::int) n", [build, lines]);
  browser = await openChromium(executable);
  const page = await comeIn(browser);
  await benchInteractive(page);
  await benchScrolling(page);
} finally {
  await browser?.close();
  await server.close();
  await plane.close();
  await rm(directory, { recursive: true, force: true });
}
