import { pino, type DestinationStream, type Logger } from "pino";
import type { Config } from "../config/config.ts";
import { redact } from "./redact.ts";

/** Fields that hold secrets by their name, wherever they are in a line. */
const secretField = /password|passphrase|secret|authorization|cookie|api[-_]?key|credential|(?:^|[-_])token$/i;
/** The same in addresses' queries. */
const secretParameter = /([?&](?:[\w.-]*(?:token|secret|password|key|signature)|code|state)=)[^&\s"#]+/gi;

/**
 * The log: one line of JSON each, without secrets. Lines are cleaned as they are written, so that nothing depends on where in a
 * line something stands or who wrote it: fields named like secrets, tokens, addresses with passwords, the settings' own secrets.
 */
export function createLogger(config: Pick<Config, "logLevel" | "databaseUrl" | "artifactSettings">, destination: DestinationStream = pino.destination(2)): Logger {
  const secrets = secretsOf(config);
  return pino({ level: config.logLevel, hooks: { streamWrite: (line) => cleanLine(line, secrets) } }, destination);
}

/** A line of the log without secrets. Each string by itself: what is cut out takes no quote or comma with it. */
function cleanLine(line: string, secrets: readonly string[]): string {
  const cleanValue = (key: string, value: unknown): unknown => {
    if (typeof value !== "string") return value;
    return secretField.test(key) ? "***" : redact(value.replaceAll(secretParameter, "$1***"), secrets);
  };
  return `${JSON.stringify(JSON.parse(line, cleanValue))}\n`;
}

function secretsOf({ databaseUrl, artifactSettings }: Pick<Config, "databaseUrl" | "artifactSettings">): readonly string[] {
  const password = databaseUrl !== undefined && URL.canParse(databaseUrl) ? new URL(databaseUrl).password : "";
  return [password, decodeURIComponent(password), artifactSettings["MODYARD_ARTIFACTS_PASSWORD"] ?? ""].filter((each) => each !== "");
}
