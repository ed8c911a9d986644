import type { ErrorCode } from "../errors/catalogue.ts";

/** The one place where the catalogue's codes meet HTTP. Codes that are not here are the caller's: 422. */
const statuses: Partial<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  request_invalid: 400,
  body_not_json: 400,
  body_too_large: 413,
  route_not_found: 404,
  method_not_allowed: 405,
  build_not_found: 404,
  release_not_found: 404,
  deployment_not_found: 404,
  environment_not_found: 404,
  ref_not_found: 404,
  plan_stale: 409,
  plan_blocked: 409,
  build_transition_refused: 409,
  build_not_successful: 409,
  release_transition_refused: 409,
  deployment_transition_refused: 409,
  already_active: 409,
  rollback_refused: 409,
  rollback_no_target: 409,
  artifact_missing: 409,
  artifact_damaged: 409,
  artifact_store_unreachable: 503,
  artifact_store_denied: 503,
  artifact_store_refused: 503,
  lease_lost: 409,
  lease_not_found: 404,
  landing_refused: 409,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  disk_full: 507,
  retention_running: 409,
  database_unreachable: 503,
  database_full: 503,
  gateway_unreachable: 503,
  host_not_found: 503,
  registry_unreachable: 503,
  git_unreachable: 503,
  internal: 500,
};

export function errorToStatus(code: ErrorCode): number {
  return statuses[code] ?? 422;
}
