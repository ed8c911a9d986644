import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { eventTypes } from "../../packages/control-plane/src/events/event-types.ts";
import { addressPolicy } from "../../packages/control-plane/src/events/webhooks/addresses.ts";
import { newSecret } from "../../packages/control-plane/src/events/webhooks/secret.ts";
import { openSender } from "../../packages/control-plane/src/events/webhooks/sender.ts";
import { repositoryRoot } from "../../scripts/example/files.ts";
import { freePort } from "../support/free-port.ts";
import { blocksOf, guideText } from "./guide.ts";

const guide = await guideText("events-and-webhooks.md");

it("has a receiver that works as it is written: it verifies, and does what comes twice once", { timeout: 60_000 }, async () => {
  const [block] = blocksOf(guide);
  const directory = await mkdtemp(join(tmpdir(), "modyard-guide-"));
  const [secret, port] = [newSecret(), await freePort()];
  await writeFile(join(directory, "receiver.mjs"), block?.text ?? "");
  await symlink(join(repositoryRoot, "node_modules"), join(directory, "node_modules"));
  const child = spawn(process.execPath, ["receiver.mjs"], { cwd: directory, env: { WEBHOOK_SECRET: secret, PORT: String(port) }, stdio: ["ignore", "pipe", "inherit"] });
  const sender = openSender(addressPolicy("all"));
  try {
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const send = (id: string, subject: string, secrets: readonly string[]) =>
      sender.send({ id, url: `http://127.0.0.1:${port}/`, secrets, body: JSON.stringify({ type: "BuildCompleted", timestamp: new Date().toISOString(), data: { id: 1, subject_id: subject, actor: "ada" } }) });
    while ((await send("whd_0", "bld_0", [newSecret()]))?.responseStatus === undefined) await sleep(50);
    const outcomes = [await send("whd_1", "bld_1", [newSecret()]), await send("whd_2", "bld_2", [secret]), await send("whd_2", "bld_2", [secret]), await send("whd_3", "bld_3", [newSecret(), secret])];
    expect(outcomes.map((outcome) => outcome?.responseStatus)).toEqual([401, 204, 204, 204]);
    child.kill();
    await once(child, "close");
    expect(printed).toBe("BuildCompleted bld_2 by ada\nBuildCompleted bld_3 by ada\n");
  } finally {
    child.kill("SIGKILL");
    await sender.close();
    await rm(directory, { recursive: true, force: true });
  }
});

it("names only events that there are", () => {
  const named = [...guide.matchAll(/\b(?:Build|Release|Deployment|Webhook|Approval)[A-Z][a-z]\w+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(eventTypes as readonly string[]).includes(name))).toEqual([]);
});
