/** Errors of the build pipeline that are not the compiler's or the package manager's. */
export const buildErrors = {
  BUILD_NOT_FOUND: { title: "No such build", hint: "List the builds with `modyard builds`." },
  BUILD_TRANSITION_REFUSED: { title: "The build cannot change to that state", hint: "Look at the build's present state; only the transitions of the state machine are allowed." },
  STEP_TIMED_OUT: { title: "A step took too long", hint: "Look at the last lines of the log. Raise the time limit if the step is only slow." },
  STEP_OUT_OF_MEMORY: { title: "A step ran out of memory", hint: "Give the build more memory or less parallelism." },
  STEP_FAILED: { title: "A step failed", hint: "Look at the lines shown and at the build's log." },
  COMMAND_NOT_FOUND: { title: "A program is missing", hint: "Install it, or correct the command in modyard.toml." },
  BRANCH_MOVED: { title: "The branch moved during the build", hint: "Start the build again; it was already redone once on top of the moved branch." },
  HOST_NOT_FOUND: { title: "The host repository cannot be read", hint: "Check the path or address of the host given to the server." },
  DISK_FULL: { title: "No space left on the disk", hint: "Free space in the data directory's file system, then try again." },
  ARTIFACT_MISSING: { title: "The artifact is gone", hint: "Build again; artifacts that releases need are never removed by Modyard itself." },
} as const;
