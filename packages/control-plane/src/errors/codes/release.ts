/** Errors of cutting releases and of asking for deployments and rollbacks. */
export const releaseErrors = {
  DEPLOYMENT_NOT_FOUND: { title: "No such deployment", hint: "Look at the environment with `modyard status`." },
  DEPLOYMENT_TRANSITION_REFUSED: { title: "The deployment cannot change to that state", hint: "Look at the deployment's present state." },
  ALREADY_ACTIVE: { title: "The release is active already", hint: "Nothing to do: it has the environment's traffic." },
  ROLLBACK_NO_TARGET: { title: "There is nothing to roll back to", hint: "This is the environment's first release. Deploy another build instead." },
  ROLLBACK_REFUSED: { title: "The rollback is not allowed", hint: "Choose a release that lies on this side of the irreversible migration, or deploy a new build." },
  OBSERVATION_FAILED: { title: "The new release became unwell after the switch", hint: "Modyard went back to the previous release by itself. Look at the lines shown." },
  TARGET_NOT_AVAILABLE: { title: "No driver for this target", hint: 'Set target = "process" for the environment in modyard.toml.' },
  DEPLOYMENT_INTERRUPTED: { title: "The deployment was interrupted too often", hint: "Look at the environment with `modyard status`, then deploy again." },
} as const;
