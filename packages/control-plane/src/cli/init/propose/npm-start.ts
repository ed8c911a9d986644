import { posix } from "node:path";
import type { PackageFound, ServerFound } from "../found.ts";

interface Reasoned {
  readonly value: readonly string[];
  readonly because: string;
}

/** What only a shell understands. */
const SHELL = /[&|;<>$`"'\\()*?~#{}]/;

/** How the server is started: the program itself wherever that can be told, so that SIGTERM reaches it. */
export function startCommand(own: PackageFound, server: ServerFound): Reasoned {
  const script = own.scripts["start"];
  const words = script === undefined ? undefined : plainWords(script);
  if (words?.[0] === "node" && fileOf(words) !== undefined) return { value: words, because: "the start script, without npm in between" };
  if (script !== undefined) return { value: ["npm", "start"], because: "the start script is more than `node FILE`; better name the program itself: npm does not pass SIGTERM on" };
  const entry = own.main ?? own.bin;
  if (entry !== undefined) return { value: ["node", posix.normalize(entry)], because: "there is no start script; package.json names this entry point" };
  return { value: ["node", guessedEntry(server)], because: "a guess: there is neither a start script nor an entry point" };
}

/** The words of a script that needs no shell, settings of variables before it left out. */
function plainWords(script: string): readonly string[] | undefined {
  const plain = script.trim().replace(/^(?:cross-env\s+)?(?:NODE_ENV=[a-z]+\s+)?/, "");
  return SHELL.test(plain) || /^\w+=/.test(plain) ? undefined : plain.split(/\s+/).map((word) => word.replace(/^\.\//, ""));
}

function guessedEntry({ isTypeScript, outDir, entries }: ServerFound): string {
  const entry = entries[0] ?? "src/main.ts";
  if (!isTypeScript) return entry;
  return posix.join(outDir ?? "dist", posix.basename(entry).replace(/\.([cm]?)ts$/, ".$1js"));
}

function fileOf(words: readonly string[]): string | undefined {
  return words.slice(1).find((word) => /\.[cm]?[jt]s$/.test(word) || /^[A-Za-z][\w./-]*$/.test(word));
}

const OUTPUTS = /^(dist|build|out|lib|\.output)$/;

/** Where the compiler leaves what is run, relative to the server. */
export function compiledTo(own: PackageFound, server: ServerFound): Reasoned {
  if ("next" in own.dependencies) return { value: [".next", "public"], because: "Next.js compiles to .next" };
  const started = posix.normalize(fileOf(startCommand(own, server).value) ?? ".");
  const first = started.split("/")[0] ?? "";
  if (server.outDir !== undefined && (started.startsWith(`${server.outDir}/`) || !OUTPUTS.test(first))) return { value: [server.outDir], because: "outDir of tsconfig.json" };
  if (OUTPUTS.test(first) && !server.entries.includes(started)) return { value: [first], because: "what is started lies there" };
  if (server.isTypeScript && own.scripts["build"] !== undefined) return { value: [server.outDir ?? "dist"], because: "the usual place; tsconfig.json names no outDir" };
  return { value: [], because: "what is started seems to be a source file, not compiled" };
}
