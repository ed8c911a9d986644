import type { Change } from "../composition/plan.ts";
import type { StoredPrincipal } from "../database/stored.ts";

/** A build that is made again. */
export interface VerifiedBuild {
  /** UUID. */
  readonly id: string;
  /** The commit that it landed. */
  readonly commit: string;
}

/** What somebody asks to be built. */
export interface BuildRequest {
  readonly branch: string;
  readonly change: Change;
  /** Who wants it, as the request says. */
  readonly requestedBy: string;
  /** Whose token asked: may speak for somebody else, and the journal tells both. */
  readonly tokenName: string;
  /** Who asked, exactly. */
  readonly requester: StoredPrincipal;
  readonly reason: string;
  /** The hash of the plan that was confirmed; another plan by now is refused. */
  readonly planHash?: string | undefined;
  /** Environment to deploy to when the build succeeds. */
  readonly deployTo?: string | undefined;
  /** Builds even though the same build exists, without anything cached. */
  readonly force: boolean;
  /** Not to be folded with others: it was, in the build named, and that failed. */
  readonly alone?: boolean;
  readonly unfoldedFrom?: string;
  /** Make this build again, from its commit, and compare; see `requestVerification`. */
  readonly verifies?: VerifiedBuild;
  /** The HTTP request that asked for it, where that is not the present one. */
  readonly requestId?: string;
}
