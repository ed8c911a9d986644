import { spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { destination, pino } from "pino";
import { ModyardError, problem, type Problem } from "../../errors/problem.ts";
import { runGateway, type Gateway } from "./gateway.ts";
import { readGatewaySettings } from "./settings.ts";

/**
 * The gateway's program: `node gateway/main.ts SETTINGS.json [--tell]`. With `--tell` it says on descriptor 3, in one line
 * of JSON, that it is ready or why it cannot be. SIGTERM and SIGINT end it with its applications.
 */

const log = pino({ name: "gateway", base: { pid: process.pid } }, destination({ fd: 2, sync: true }));
/** A gateway that lived shorter than this would only fail again. */
const CRASH_LOOP_SECONDS = 3;

process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "the gateway ends because of a defect");
  // Users must not wait for a control plane to notice. Whoever takes over adopts the applications.
  if (process.uptime() > CRASH_LOOP_SECONDS) {
    spawn(process.execPath, process.argv.slice(1, 3), { detached: true, stdio: ["ignore", "inherit", "inherit"] }).unref();
  }
  process.exit(70);
});

await main();

async function main(): Promise<void> {
  try {
    const settings = await readGatewaySettings(process.argv[2] ?? "");
    const gateway = await runGateway(settings, log, () => process.exit(0));
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(gateway));
    process.on("SIGHUP", () => undefined);
    log.info({ environment: settings.environment, url: gateway.url }, "listening");
    tellStarter({ ready: true });
  } catch (error) {
    const problems = error instanceof ModyardError ? error.problems : [problem("internal", String(error))];
    log.error({ problems }, "the gateway cannot start");
    tellStarter({ ready: false, problems });
    process.exit(1);
  }
}

async function end(gateway: Gateway): Promise<void> {
  await gateway.shutdown();
  process.exit(0);
}

function tellStarter(news: { readonly ready: boolean; readonly problems?: readonly Problem[] }): void {
  if (process.argv[3] !== "--tell") return;
  try {
    writeSync(3, `${JSON.stringify(news)}\n`);
  } catch {
    // The starter is gone; the gateway serves without it.
  }
  closeSync(3);
}
