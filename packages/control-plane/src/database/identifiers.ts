import { TypeID, typeid } from "typeid-js";

/** What an identifier names, told by its prefix: `bld_01h…`. */
export type IdentifierKind = "bld" | "dpl" | "tok" | "whk" | "whd" | "per" | "ses";

/** A new, time-ordered UUIDv7 for the database. */
export function newUuid(): string {
  return typeid("x").toUUID();
}

/** The sortable text by which the API names a row: a TypeID over the same UUID. */
export function toPublicId(kind: IdentifierKind, uuid: string): string {
  return TypeID.fromUUID(kind, uuid).toString();
}

/** The UUID behind a public identifier, also given as a plain UUID; undefined when it is neither. */
export function toUuid(kind: IdentifierKind, text: string): string | undefined {
  if (uuidPattern.test(text)) return text.toLowerCase();
  try {
    return TypeID.fromString(text, kind).toUUID();
  } catch {
    return undefined;
  }
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
