/** Errors of cutting releases and of asking for deployments and rollbacks. */
export const releaseErrors = {
  deployment_not_found: { title: "No such deployment", hint: "List the deployments of the environment and choose one of them." },
  deployment_transition_refused: { title: "The deployment cannot change to that state", hint: "Look at the deployment's present state." },
  already_active: { title: "The release is active already", hint: "Nothing to do: it has the environment's traffic." },
  rollback_no_target: { title: "There is nothing to roll back to", hint: "This is the environment's first release. Deploy another build instead." },
  rollback_refused: { title: "The rollback is not allowed", hint: "Choose a release that lies on this side of the irreversible migration, or deploy a new build." },
  observation_failed: { title: "The new release became unwell after the switch", hint: "Modyard went back to the previous release by itself. Look at the lines shown." },
  target_not_available: { title: "No driver for this target", hint: 'Set target = "process" for the environment in modyard.toml.' },
  deployment_interrupted: { title: "The deployment was interrupted too often", hint: "Look at the environment, then deploy again." },
} as const;
