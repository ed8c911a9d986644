import { help, readOptions, type DrillOptions } from "./drill/options.ts";
import { runDrill } from "./drill/run.ts";

/** `npm run drill`: see `--help`. */
let options: DrillOptions | undefined;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
if (options === undefined) console.log(help);
else process.exitCode = await runDrill(options);
