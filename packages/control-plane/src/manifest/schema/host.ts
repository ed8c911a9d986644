import { z } from "zod";
import { text } from "../check/rule.ts";
import { refuseGitAddress } from "../git-address.ts";
import { innerPathText, lineText, versionText } from "./values.ts";

/** The longest time that any time limit may have: a day. */
const DAY = 86_400;

const argumentText = text({
  code: "invalid_value", wrong: "Not an argument", hint: "Write the argument without NUL characters.",
  refuse: (argument) => argument.includes("\u0000"), description: "One argument.",
});

/** A command is a list of arguments; no shell ever sees it. */
const command = z.array(argumentText).superRefine((argv, context) => {
  if (argv[0] !== undefined && argv[0] !== "" && !argv[0].startsWith("-")) return;
  context.addIssue({ code: "custom", message: "The command names no program.", params: { code: "invalid_value", hint: 'Write the program and its arguments: ["npm", "run", "build"].' } });
}).meta({ description: "A program and its arguments; no shell.", minItems: 1 });

const healthPathText = text({
  code: "invalid_value", wrong: "Not an address path", hint: 'Write a path that begins with `/`, such as "/health".',
  pattern: /^\/[^\s\\]*$/, description: "Path of an HTTP request.",
});

const listenText = text({
  code: "invalid_value", wrong: "Not an address to listen on", hint: 'Write HOST:PORT, such as "127.0.0.1:8080".',
  pattern: /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/,
  refuse: (listen) => Number(listen.slice(listen.lastIndexOf(":") + 1)) > 65_535, description: "HOST:PORT on which users reach the environment; port 0 takes a free one.",
});

const catalogText = text({
  code: "invalid_value", wrong: "Not a catalog", hint: 'Write a path such as "marketplace.toml", an https:// address or a git address.',
  refuse: (catalog) => refuseCatalog(catalog) ?? false, description: "A catalog: path, HTTP(S) address or git address.",
});

function refuseCatalog(catalog: string): string | boolean | undefined {
  if (catalog.trim() === "" || catalog.startsWith("-") || catalog.includes("\u0000") || catalog.includes("\\")) return true;
  return /^[A-Za-z][A-Za-z0-9+.-]*:|^[^/]+@[^/]+:/.test(catalog) ? refuseGitAddress(catalog) : undefined;
}

const rootText = text({
  code: "path_refused", wrong: "Not a directory", hint: 'Write a directory, relative to the host or absolute, such as "../modules".',
  refuse: (root) => root === "" || root.startsWith("-") || root.includes("\u0000"), description: "A directory outside the host that path modules may come from.",
});

const solutionText = text({
  code: "path_refused", wrong: "Not a file of the host", hint: "Write the path of a .json file inside the host.",
  pattern: /\.json$/, refuse: (path) => path.startsWith("/") || path.includes("..") || path.includes("\u0000"), description: "TypeScript solution file that is generated with references to the installed path modules.",
});

const surfaceSchema = z.strictObject({
  directory: innerPathText.optional().describe("Directory of the surface, relative to the host's root."),
  build: command.optional().describe("Command that builds it, run in the host's root."),
  test: command.optional().describe("Command that tests it, run in the host's root."),
  output: z.array(innerPathText).optional().describe("Paths below the directory that the artifact needs."),
  start: command.optional().describe("Command that starts it, run in the directory; PORT and HOST are in its environment."),
  health: healthPathText.optional().describe("Path that answers 200 when the application is well."),
  modules_health: healthPathText.optional().describe("Path that lists the modules of the running build."),
});

const surface = z.union([z.literal(false), surfaceSchema]).meta({ description: "One surface; `false` leaves out one that the preset has." });

const seconds = (least: number) =>
  z.number().superRefine((value, context) => {
    if (value >= least && value <= DAY) return;
    context.addIssue({ code: "custom", message: `Not a number of seconds: ${value}.`, params: { code: "invalid_value", hint: `Write ${least} to ${DAY} seconds.` } });
  }).meta({ minimum: least, maximum: DAY });

const failures = z.number().superRefine((value, context) => {
  if (Number.isInteger(value) && value >= 0 && value <= 1_000) return;
  context.addIssue({ code: "custom", message: `Not a number of failures: ${value}.`, params: { code: "invalid_value", hint: "Write a whole number from 0 (never) to 1000." } });
}).meta({ minimum: 0, maximum: 1_000, multipleOf: 1 });

const envNameText = text({
  code: "invalid_value", wrong: "Not a variable's name", hint: "Write letters, digits and `_`, not beginning with a digit.",
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, description: "Name of a variable.",
});

const environmentSchema = z.strictObject({
  target: z.enum(["process", "compose", "kubernetes"]).optional().describe("How releases run; `process` is the default."),
  listen: listenText.optional(),
  env: z.record(envNameText, argumentText).optional().describe("Variables for the application; never secrets."),
  start_timeout_seconds: seconds(1).optional().describe("How long a release may take to become healthy (60)."),
  drain_timeout_seconds: seconds(0).optional().describe("How long requests under way may take after the switch (30)."),
  observe_seconds: seconds(0).optional().describe("How long the new release is watched after the switch (10)."),
  health_interval_seconds: seconds(1).optional().describe("How often an application that has users is asked for its health (5)."),
  health_timeout_seconds: seconds(1).optional().describe("How long one answer of its health may take (10)."),
  health_failures: failures.optional().describe("How many such answers in a row must be missing, and no user get one, until it is started again (3); 0: never."),
});

/** `modyard.toml`. */
export const hostSchema = z
  .strictObject({
    schema: z.literal(1).describe("Version of this format."),
    preset: z.enum(["npm-workspaces", "npm", "cargo"]).optional().describe("A usual layout; everything else of the file changes it."),
    toolchain: z.enum(["npm", "cargo"]).optional().describe("How the host is built; the preset says it otherwise."),
    version: versionText.optional().describe("Version of the host; from package.json or Cargo.toml where absent."),
    path_roots: z.array(rootText).optional().describe("Directories outside the host that path modules may come from."),
    catalogs: z.array(catalogText).optional().describe("Catalogs in order of precedence; `marketplace.toml` where absent."),
    registry: z.strictObject({
      output: innerPathText.optional().describe("The generated registry file."),
      references: solutionText.optional(),
    }).optional().describe("Generated code."),
    surfaces: z.strictObject({ server: surfaceSchema.optional(), admin: surface.optional(), storefront: surface.optional() }).optional().describe("The separately built parts of the host."),
    environments: z.record(lineText, environmentSchema).optional().describe("Where releases run; `prod` where absent."),
  })
  .meta({ title: "modyard.toml", description: "How to build and run this host. Data, not code." });

/** `modyard.toml` as it is written. */
export type WrittenHost = z.output<typeof hostSchema>;
export type WrittenSurface = z.output<typeof surfaceSchema>;
export type WrittenEnvironment = z.output<typeof environmentSchema>;
