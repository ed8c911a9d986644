/** Errors of the control plane's own database. */
export const databaseErrors = {
  database_unreachable: { title: "The database does not answer", hint: "Check DATABASE_URL, or the embedded server's log in the data directory." },
  database_sign_in_refused: { title: "The database refuses the sign-in", hint: "Correct the user and the password in DATABASE_URL; special characters in them are written percent-encoded (`@` as `%40`)." },
  database_not_found: { title: "The server has no such database", hint: "Create it (`createdb NAME`), or correct the name at the end of DATABASE_URL." },
  database_encryption_refused: { title: "Database server and DATABASE_URL do not agree on TLS", hint: "Where the server wants TLS, add `?sslmode=verify-full` to DATABASE_URL (`?uselibpqcompat=true&sslmode=require` when its certificate cannot be checked); where it has none, take that away." },
  database_too_old: { title: "The database server is too old", hint: "Use PostgreSQL 14 or newer." },
  database_read_only: { title: "The database cannot be written", hint: "Point DATABASE_URL at the primary server; standbys and read-only sessions cannot keep what Modyard must remember." },
  database_rights_missing: { title: "The database user lacks a right", hint: "Let the database's owner grant it, or run `modyard migrate up` as the owner and serve as the other user with MODYARD_MIGRATE=0." },
  database_pooled: { title: "A connection pooler in transaction mode stands before the database", hint: "Point DATABASE_URL at the server itself, or switch the pooler to session mode: notifications (LISTEN) and session locks do not pass it otherwise." },
  database_full: { title: "The database has no connection left", hint: "Raise max_connections of the server, or end other clients; each Modyard process uses up to 20." },
  database_newer: { title: "The database belongs to a newer Modyard", hint: "Run the version that used this database last, or a newer one; or give another data directory or DATABASE_URL." },
  database_outdated: { title: "The database is not migrated to this version", hint: "Run `modyard migrate up`, or serve without --no-migrate and MODYARD_MIGRATE=0." },
  migration_failed: { title: "The database could not be migrated", hint: "Read the message; nothing was changed by the failed migration." },
} as const;
