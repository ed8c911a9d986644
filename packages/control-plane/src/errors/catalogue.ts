import { accessErrors } from "./codes/access.ts";
import { apiErrors } from "./codes/api.ts";
import { approvalErrors } from "./codes/approval.ts";
import { buildErrors } from "./codes/build.ts";
import { cliErrors } from "./codes/cli.ts";
import { databaseErrors } from "./codes/database.ts";
import { deploymentErrors } from "./codes/deployment.ts";
import { graphqlErrors } from "./codes/graphql.ts";
import { initErrors } from "./codes/init.ts";
import { journalErrors } from "./codes/journal.ts";
import { manifestErrors } from "./codes/manifest.ts";
import { planErrors } from "./codes/plan.ts";
import { releaseErrors } from "./codes/release.ts";
import { retentionErrors } from "./codes/retention.ts";
import { serverErrors } from "./codes/server.ts";
import { signInErrors } from "./codes/sign-in.ts";
import { toolchainErrors } from "./codes/toolchain.ts";
import { webhookErrors } from "./codes/webhook.ts";

/** What the catalogue says of a code; the message of one case is told where it happens. */
export interface CatalogueEntry {
  /** A short title, the same for every case of this code. */
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
}

/**
 * Every error of Modyard: a stable code, a title, and what to do.
 * Codes are never reused with another meaning; documentation and clients depend on them.
 */
export const catalogue = {
  ...manifestErrors,
  ...planErrors,
  ...toolchainErrors,
  ...buildErrors,
  ...releaseErrors,
  ...deploymentErrors,
  ...approvalErrors,
  ...retentionErrors,
  ...journalErrors,
  ...apiErrors,
  ...graphqlErrors,
  ...accessErrors,
  ...webhookErrors,
  ...databaseErrors,
  ...serverErrors,
  ...signInErrors,
  ...cliErrors,
  ...initErrors,
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
