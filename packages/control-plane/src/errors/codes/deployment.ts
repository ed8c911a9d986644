/** Errors of releases and deployments. */
export const deploymentErrors = {
  RELEASE_NOT_FOUND: { title: "No such release", hint: "List the releases with `modyard releases`." },
  RELEASE_TRANSITION_REFUSED: { title: "The release cannot change to that state", hint: "Look at the release's present state." },
  ENVIRONMENT_NOT_FOUND: { title: "No such environment", hint: "Use an environment of the host's modyard.toml." },
  APPLICATION_EXITED: { title: "The application ended during its start", hint: "Look at the application's last lines; the old release serves on." },
  APPLICATION_START_TIMED_OUT: { title: "The application did not become healthy in time", hint: "Look at the application's last lines; the old release serves on." },
  SMOKE_FAILED: { title: "The new release failed its smoke check", hint: "The old release serves on. Correct the module named and deploy again." },
  PORT_IN_USE: { title: "The port is in use", hint: "Free the port, or set another address for the environment." },
  GATEWAY_UNREACHABLE: { title: "The environment's gateway does not answer", hint: "Run `modyard doctor`; the control plane starts the gateway again by itself." },
} as const;
