import type { ErrorCode } from "../errors/catalogue.ts";
import { ModyardError, problem, type Problem } from "../errors/problem.ts";

/**
 * Whether an error says that the server is away, starting or stopping, or has no connection left: nothing is wrong with
 * what was asked, and asking again later may help. A write may have been carried out all the same.
 */
export function isDatabaseGone(error: unknown): boolean {
  const { code, message } = factsOf(error);
  // The same word for a file that is missing.
  if (code === "ENOENT") return error instanceof Error && "syscall" in error && error.syscall === "connect";
  return goneCode.test(code) || goneMessage.test(message);
}

/** What the system and PostgreSQL say when a server cannot be reached. */
const goneCode = /^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[1235]|53300|08\d{3}|database_unreachable|database_full)$/;
/** pg's own words for a lost or never made connection: they carry no code. */
const goneMessage = /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** What an error of `pg` means to who runs Modyard; undefined when it is none of the connection's or of the user's rights. */
export function databaseProblem(error: unknown): Problem | undefined {
  const facts = factsOf(error);
  const code = codeOf(facts);
  return code === undefined ? undefined : problem(code, `${beginnings[code] ?? "the database cannot be reached"}: ${facts.message}`);
}

/** The error as one of the catalogue. Whatever is not recognised happened on the way to the database: database_unreachable. */
export function asDatabaseError(error: unknown): ModyardError {
  if (error instanceof ModyardError) return error;
  const known = databaseProblem(error) ?? problem("database_unreachable", `the database cannot be reached: ${factsOf(error).message}`);
  return new ModyardError(known, { cause: error });
}

const beginnings: Partial<Record<ErrorCode, string>> = {
  database_sign_in_refused: "the database server refuses the sign-in",
  database_not_found: "there is no such database",
  database_encryption_refused: "no connection as DATABASE_URL asks for it",
  database_read_only: "the database cannot be written",
  database_rights_missing: "the database user may not do this",
  database_full: "the database server has no connection left",
};

interface Facts {
  readonly code: string;
  readonly message: string;
}

function codeOf(facts: Facts): ErrorCode | undefined {
  // The server's words on this are not the same in every version, its code is that of any refused sign-in.
  if (facts.code === "28000" && /no encryption|SSL off/i.test(facts.message)) return "database_encryption_refused";
  if (facts.message.includes("does not support SSL") || certificateCode.test(facts.code)) return "database_encryption_refused";
  if (/client password must be a string|no password supplied/i.test(facts.message)) return "database_sign_in_refused";
  return byCode[facts.code] ?? (goneCode.test(facts.code) || goneMessage.test(facts.message) ? "database_unreachable" : undefined);
}

const certificateCode = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_\w+)$/;

const byCode: Readonly<Record<string, ErrorCode>> = {
  "28P01": "database_sign_in_refused",
  "28000": "database_sign_in_refused",
  "3D000": "database_not_found",
  "25006": "database_read_only",
  "42501": "database_rights_missing",
  "53300": "database_full",
};

/** A name with several addresses fails with one error for each and no words of its own. */
function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error.message === "" && first !== undefined) return { ...factsOf(first), ...(code !== "" && { code }) };
  return { code, message: error.message };
}
