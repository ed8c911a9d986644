import { parseArgs } from "node:util";
import { runDemo } from "./demo/run.ts";

const { values } = parseArgs({ options: { once: { type: "boolean", default: false }, directory: { type: "string" } } });
process.exitCode = await runDemo(values);
