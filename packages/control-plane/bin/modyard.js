#!/usr/bin/env node
// Starts the compiled program where there is one, otherwise the TypeScript sources, which Node 24 runs directly.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const compiled = new URL("../dist/cli/main.js", import.meta.url);
const entry = existsSync(compiled) ? compiled : new URL("../src/cli/main.ts", import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= 24) {
  await import(entry.href);
} else {
  runWithNewerNode();
}

/** An older Node only hands over to the one that is installed with Modyard. */
function runWithNewerNode() {
  const child = spawn(newerNode(), [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal !== null) process.kill(process.pid, signal);
  });
}

function newerNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    process.stderr.write(`modyard needs Node 24 or newer; this is ${process.version}.\n`);
    process.exit(2);
  }
}
