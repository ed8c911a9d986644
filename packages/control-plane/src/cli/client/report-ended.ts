import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "../../client/index.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { withPatience } from "./patience.ts";
import { reportJson } from "./report.ts";
import type { Session } from "./session.ts";

const pollMs = 250;
/** The host's repository may be out of reach for longer; then the journal tells later. */
const patienceMs = 10_000;

/** Reports a deployment that ended while it waited for approval, and what became of its change in the host's branch. */
export async function reportEnded(session: Session, id: string, word: string): Promise<ExitCode> {
  const deployment = await untilSettled(session, id);
  const { out } = session;
  if (!session.json) {
    out.line(`${out.colors.green("✓")} ${id} is ${word}`);
    if (deployment.approval?.branch !== null) out.line(`  ${branchText(deployment)}`);
  }
  return reportJson(session, { deployment }, exitCodes.ok);
}

async function untilSettled(session: Session, id: string): Promise<Deployment> {
  const read = (): Promise<Deployment> => withPatience(() => session.api.getDeployment({ path: { id } }), session.progress);
  for (const deadline = performance.now() + patienceMs; ; await sleep(pollMs)) {
    const deployment = await read();
    if (deployment.approval?.branch !== "pending" || performance.now() > deadline) return deployment;
  }
}

/** The server says it at the end of what to do. */
function branchText({ approval, error }: Deployment): string {
  if (approval?.branch === "pending") return "What becomes of the change in the branch is decided when the host's repository can be reached.";
  return /The change .*$/.exec(error?.problems[0]?.hint ?? "")?.[0] ?? "";
}
