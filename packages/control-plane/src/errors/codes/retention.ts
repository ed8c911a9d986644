/** Errors of removing what is no longer needed. */
export const retentionErrors = {
  retention_running: { title: "Retention is at work already", hint: "Wait until it is done; the journal then tells what it removed." },
} as const;
