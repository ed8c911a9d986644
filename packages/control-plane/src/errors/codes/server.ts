/** Errors of starting and running the control plane itself. */
export const serverErrors = {
  config_invalid: { title: "The settings are not valid", hint: "Correct the setting named." },
} as const;
