/** Errors of releases and deployments. */
export const deploymentErrors = {
  RELEASE_NOT_FOUND: { title: "No such release", hint: "List the releases with `modyard releases`." },
  RELEASE_TRANSITION_REFUSED: { title: "The release cannot change to that state", hint: "Look at the release's present state." },
  RELEASE_IS_ACTIVE: { title: "The release has the traffic", hint: "Switch the environment to another release first; then stop this one." },
  RELEASE_NOT_RUNNING: { title: "The release is not running", hint: "Start the release and wait until it is healthy; then switch to it." },
  ENVIRONMENT_NOT_FOUND: { title: "No such environment", hint: "Use an environment of the host's modyard.toml." },
  APPLICATION_EXITED: { title: "The application ended during its start", hint: "Look at the application's last lines; the old release serves on." },
  APPLICATION_START_TIMED_OUT: { title: "The application did not become healthy in time", hint: "Look at the application's last lines; the old release serves on." },
  SMOKE_FAILED: { title: "The new release failed its smoke check", hint: "The old release serves on. Correct the module named and deploy again." },
  PORT_IN_USE: { title: "The port is in use", hint: "Free the port, or set another address for the environment." },
  LISTEN_INVALID: { title: "Not an address to listen on", hint: "Write HOST:PORT, e.g. 127.0.0.1:8080 or [::1]:8080." },
  GATEWAY_UNREACHABLE: { title: "The environment's gateway does not answer", hint: "Run `modyard doctor`; the control plane starts the gateway again by itself." },
  GATEWAY_ALREADY_RUNNING: { title: "A gateway already runs for this directory", hint: "Use the one that runs, or stop it first." },
  GATEWAY_STATE_INVALID: { title: "The gateway's state file cannot be read", hint: "Move the file named aside and deploy again; applications that still run are ended." },
  GATEWAY_REQUEST_INVALID: { title: "The gateway refused a control request", hint: "Control plane and gateway may be of different versions: stop the gateway, it is started again." },
} as const;
