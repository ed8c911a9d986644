import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { fail } from "../../../errors/problem.ts";

/** How to sign in to a registry. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const entrySchema = z.object({ auth: z.string().optional(), username: z.string().optional(), password: z.string().optional() });
const dockerSchema = z.object({ auths: z.record(z.string(), entrySchema).optional() });

type Env = Readonly<Record<string, string | undefined>>;

/**
 * MODYARD_ARTIFACTS_USER and _PASSWORD (or _PASSWORD_FILE) first; else what `docker login` wrote for the host into config.json. Programs that
 * docker would ask (credential helpers) are not started. Undefined: nobody signs in.
 */
export function findCredentials(host: string, env: Env): Credentials | undefined {
  const user = env["MODYARD_ARTIFACTS_USER"] ?? "";
  if (user === "") return fromDocker(host, env);
  const file = env["MODYARD_ARTIFACTS_PASSWORD_FILE"] ?? "";
  const password = file === "" ? (env["MODYARD_ARTIFACTS_PASSWORD"] ?? "") : readPassword(file);
  if (password === "") fail("config_invalid", "MODYARD_ARTIFACTS_USER is set without a password", { hint: "Set MODYARD_ARTIFACTS_PASSWORD_FILE (or MODYARD_ARTIFACTS_PASSWORD) too." });
  return { user, password };
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd();
  } catch (error) {
    return fail("config_invalid", `MODYARD_ARTIFACTS_PASSWORD_FILE: ${file} cannot be read`, {}, error);
  }
}

function fromDocker(host: string, env: Env): Credentials | undefined {
  const entry = readDocker(join(env["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "config.json"))?.auths?.[host];
  if (entry === undefined) return undefined;
  const decoded = Buffer.from(entry.auth ?? "", "base64").toString("utf8");
  const user = entry.username ?? decoded.slice(0, Math.max(0, decoded.indexOf(":")));
  const password = entry.password ?? decoded.slice(decoded.indexOf(":") + 1);
  return user === "" ? undefined : { user, password };
}

function readDocker(file: string): z.output<typeof dockerSchema> | undefined {
  try {
    return dockerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Somebody else's file: missing or of another form, it says nothing to us.
    return undefined;
  }
}
