/** Errors of starting and running the control plane itself. */
export const serverErrors = {
  config_invalid: { title: "The settings are not valid", hint: "Correct the setting named." },
  database_unreachable: { title: "The database does not answer", hint: "Check DATABASE_URL, or the embedded server's log in the data directory." },
  database_newer: { title: "The database belongs to a newer Modyard", hint: "Run the version that used this database last, or a newer one; or give another data directory or DATABASE_URL." },
} as const;
