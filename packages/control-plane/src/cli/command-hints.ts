import { catalogue, type ErrorCode } from "../errors/catalogue.ts";
import type { Problem } from "../errors/problem.ts";

/** Which command helps with a problem. The catalogue itself speaks to everybody: who reads it on a page has no commands. */
const commandHints: Readonly<Partial<Record<ErrorCode, string>>> = {
  approval_not_requester: "`modyard reject` rejects it.",
  approval_own_request: "`modyard cancel` withdraws it.",
  approval_stale: "`modyard approve --accept-stale` approves it all the same.",
  artifact_damaged: "`modyard build --force` takes no earlier result.",
  build_not_found: "`modyard builds` lists them.",
  build_not_successful: "`modyard builds` tells it.",
  deployment_interrupted: "`modyard status` shows it.",
  deployment_not_found: "`modyard status` shows the environment's.",
  disk_full: "`modyard gc` removes what is no longer needed.",
  generated_out_of_date: "`modyard generate-registry` writes it.",
  lease_not_found: "`modyard leases` lists what is under way.",
  module_already_installed: "`modyard upgrade` does that.",
  module_needed: "`--cascade` takes them along.",
  module_not_found: "`modyard list-modules` lists the manifest's.",
  module_not_in_manifest: "`modyard list-modules` lists them.",
  module_not_installed: "`modyard list-modules` lists them.",
  module_unknown: "Commands know what the host's catalogs have: add it to marketplace.toml, or take it by its address on the page.",
  person_disabled: "`modyard people enable EMAIL` does that.",
  person_exists: "`modyard people` lists everybody.",
  person_not_found: "`modyard people` lists everybody.",
  release_not_found: "`modyard releases` lists them.",
  retention_running: "`modyard journal` shows it.",
  sign_in_refused: "An owner makes that link by `modyard people reset EMAIL`.",
  token_expired: "`modyard tokens create` does that.",
  token_not_found: "`modyard tokens` lists them.",
  webhook_delivery_not_found: "`modyard webhooks deliveries WEBHOOK` lists them.",
  webhook_delivery_pending: "`modyard webhooks deliveries WEBHOOK` lists them.",
  webhook_disabled: "`modyard webhooks enable WEBHOOK` does that.",
  webhook_not_found: "`modyard webhooks` lists them.",
};

/** What to do about a problem, for somebody at the command line. A hint of the case itself stays alone: it may speak against the usual way. */
export function hintWithCommand({ code, hint }: Pick<Problem, "code" | "hint">): string {
  const usual = catalogue[code].hint;
  const command = commandHints[code];
  return command === undefined || (hint !== "" && hint !== usual) ? hint || usual : `${usual} ${command}`;
}
