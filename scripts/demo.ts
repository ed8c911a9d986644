import { parseArgs } from "node:util";
import { buildPage } from "./build-page.ts";
import { demoHosts } from "./demo/hosts.ts";
import { runDemo } from "./demo/run.ts";

const usage = `usage: npm run demo -- [--once] [--directory PATH]        the Node example; demo:rust is the Rust one

  --once            go on to uninstall and roll back, print a table of steps with times, and end
  --directory PATH  where the demo keeps its things; delete it to start over`;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { once: { type: "boolean", default: false }, directory: { type: "string" }, help: { type: "boolean", short: "h" } }, allowPositionals: true });
    const host = Object.entries(demoHosts).find(([name]) => name === (positionals[0] ?? "node"))?.[1];
    if (host !== undefined && positionals.length < 2) return { values, host };
  } catch (error) {
    console.error(error instanceof Error ? error.message.replace(/\. To specify.*$/, "") : error);
  }
  console.error(usage);
  process.exit(2);
}

const { host, values } = readArguments();
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}
buildPage();
process.exitCode = await runDemo(host, values);
