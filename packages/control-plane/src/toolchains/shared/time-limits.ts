/** Time limits of single commands, in seconds; the sandbox may set lower ones. */
export const timeLimits = { install: 900, compile: 1800, test: 1800 } as const;
