/** Errors of approving deployments of protected environments, and how a deployment ends that nobody approved. */
export const approvalErrors = {
  approval_own_request: { title: "Who asked may not decide", hint: "Somebody else has to approve or reject it: the environment is protected. Who asked can withdraw it." },
  approval_not_waiting: { title: "The deployment does not wait for approval", hint: "Look at the deployment's present state." },
  approval_stale: { title: "The environment has changed since this was asked for", hint: "Reject it and ask for a new deployment; or approve it all the same, and say so." },
  approval_not_requester: { title: "Only who asked can withdraw it", hint: "Who may approve it can reject it instead." },
  deployment_rejected: { title: "The deployment was rejected", hint: "Talk to who rejected it; then ask for it anew." },
  deployment_withdrawn: { title: "The deployment was withdrawn", hint: "Ask for it anew when it is wanted again." },
  approval_expired: { title: "Nobody approved it in time", hint: "Ask for it anew; MODYARD_APPROVAL_DAYS says how long a deployment waits." },
} as const;
