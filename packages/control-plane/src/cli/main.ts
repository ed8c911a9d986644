import process from "node:process";
import { version } from "../config/version.ts";
import type { CliContext } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { runProgram } from "./program.ts";
import { terminalOf } from "./terminal.ts";

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `modyard … | head` closes the pipe early; that is the reader's right, and nobody was told how it ended.
    if (error.code === "EPIPE") process.exit(exitCodes.unread);
    if (stream === process.stdout) process.stderr.write(`error: the result cannot be written: ${error.message}\n`);
    process.exit(exitCodes.failed);
  });
}

const context: CliContext = { terminal: terminalOf(process, process.env), env: process.env, cwd: presentDirectory(), exitCode: exitCodes.ok };
await runProgram(context, version, process.argv.slice(2));
process.exitCode = context.exitCode;

function presentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    process.stderr.write("error: the present directory is not there any more; change to another one\n");
    return process.exit(exitCodes.usage);
  }
}
