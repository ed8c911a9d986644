import type { WebhookDelivery } from "../../client/index.ts";
import { act } from "../client/act.ts";
import { cut, localTime } from "../client/format.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import type { ClientOptions, Session } from "../client/session.ts";
import { printJson } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { why, type ReasonOptions } from "./change.ts";

export interface DeliveriesOptions extends ClientOptions {
  readonly limit: number;
  readonly status?: WebhookDelivery["status"];
}

export interface ResendOptions extends ReasonOptions {
  readonly dead?: boolean;
}

export async function listDeliveries(session: Session, id: string, { limit, status }: DeliveriesOptions): Promise<ExitCode> {
  const page = await session.api.listWebhookDeliveries({ path: { id }, query: { limit, ...(status !== undefined && { status }) } });
  if (session.json) printJson(session.context, page);
  else if (page.deliveries.length === 0) session.out.line(session.out.colors.dim("Nothing was sent to it."));
  else for (const delivery of page.deliveries.toReversed()) print(session, delivery);
  return exitCodes.ok;
}

/** One line, and what came back last on a second. */
function print({ out }: Session, delivery: WebhookDelivery): void {
  const { colors } = out;
  const paint = { pending: colors.yellow, delivered: colors.green, dead: colors.red }[delivery.status];
  const next = delivery.next_at === null ? "" : `, again ${localTime(delivery.next_at)}`;
  out.line(`${colors.dim(localTime(delivery.created_at))}  ${paint(delivery.status.padEnd(9))} ${delivery.type} ${colors.dim(delivery.id)}`);
  const last = delivery.history.at(-1);
  if (last === undefined) return;
  const came = last.error ?? `answered ${last.response_status ?? ""}`;
  out.line(cut(`${" ".repeat(21)}${came} after ${last.duration_ms} ms; attempt ${delivery.attempts}${next}${last.response === null ? "" : ` · ${foreignText(plain, last.response)}`}`, out.columns));
}

export async function testWebhook(session: Session, id: string, { reason }: ReasonOptions): Promise<ExitCode> {
  const delivery = await act(session, (headers) => session.api.testWebhook({ path: { id }, body: why(reason), headers }));
  if (session.json) printJson(session.context, delivery);
  else print(session, delivery);
  return delivery.status === "delivered" ? exitCodes.ok : exitCodes.failed;
}

export async function resend(session: Session, id: string, delivery: string | undefined, { dead = false, reason }: ResendOptions): Promise<ExitCode> {
  if (dead === (delivery !== undefined)) {
    session.err.line("error: name a delivery, or give --dead for all whose last attempt failed");
    return exitCodes.usage;
  }
  const body = why(reason);
  const answer = await act(session, (headers) => (delivery === undefined ? session.api.resendDeadWebhookDeliveries({ path: { id }, body, headers }) : session.api.resendWebhookDelivery({ path: { id, delivery }, body, headers })));
  if (session.json) printJson(session.context, answer);
  else session.out.line(`${session.out.colors.green("✓")} ${answer.resent} to be sent again`);
  return exitCodes.ok;
}
