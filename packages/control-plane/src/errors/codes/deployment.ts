/** Errors of releases and deployments. */
export const deploymentErrors = {
  release_not_found: { title: "No such release", hint: "List the releases of the environment and choose one of them." },
  release_transition_refused: { title: "The release cannot change to that state", hint: "Look at the release's present state." },
  release_is_active: { title: "The release has the traffic", hint: "Switch the environment to another release first; then stop this one." },
  release_not_running: { title: "The release is not running", hint: "Start the release and wait until it is healthy; then switch to it." },
  environment_not_found: { title: "No such environment", hint: "Use an environment of the host's modyard.toml." },
  application_exited: { title: "The application ended during its start", hint: "Look at the application's last lines; the old release serves on." },
  application_start_timed_out: { title: "The application did not become healthy in time", hint: "Look at the application's last lines; the old release serves on." },
  smoke_failed: { title: "The new release failed its smoke check", hint: "The old release serves on. Correct the module named and deploy again." },
  port_in_use: { title: "The port is in use", hint: "Free the port, or set another address for the environment." },
  listen_invalid: { title: "Not an address to listen on", hint: "Write HOST:PORT, e.g. 127.0.0.1:8080 or [::1]:8080." },
  gateway_unreachable: { title: "The environment's gateway does not answer", hint: "The control plane starts it again by itself. If that does not help, read gateway.log in the environment's directory." },
  gateway_already_running: { title: "A gateway already runs for this directory", hint: "Use the one that runs, or stop it first." },
  gateway_state_invalid: { title: "The gateway's state file cannot be read", hint: "Move the file named aside and deploy again; applications that still run are ended." },
  gateway_request_invalid: { title: "The gateway refused a control request", hint: "Control plane and gateway may be of different versions: stop the gateway, it is started again." },
} as const;
