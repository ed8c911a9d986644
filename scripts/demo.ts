import { parseArgs } from "node:util";
import { buildPage } from "./build-page.ts";
import { demoHosts } from "./demo/hosts.ts";
import { runDemo } from "./demo/run.ts";

const { values, positionals } = parseArgs({ options: { once: { type: "boolean", default: false }, directory: { type: "string" } }, allowPositionals: true });
const host = Object.entries(demoHosts).find(([name]) => name === (positionals[0] ?? "node"))?.[1];
if (host === undefined) {
  console.error(`usage: node scripts/demo.ts [${Object.keys(demoHosts).join(" | ")}] [--once] [--directory PATH]`);
  process.exit(2);
}
buildPage();
process.exitCode = await runDemo(host, values);
