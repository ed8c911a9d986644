import { webhookSecretView, webhooksView, webhookView, type WebhookSecretView, type WebhookView } from "../../api/views/webhook.ts";
import { act } from "../client/act.ts";
import { foreignText, plain } from "../client/foreign-text.ts";
import { withPatience } from "../client/patience.ts";
import type { ClientOptions, Session } from "../client/session.ts";
import { printJson } from "../command.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { table } from "../table.ts";

export interface ReasonOptions extends ClientOptions {
  readonly reason?: string;
}

export interface AddOptions extends ReasonOptions {
  readonly types?: readonly string[];
  readonly environments?: readonly string[];
  readonly description?: string;
}

export interface RotateOptions extends ReasonOptions {
  readonly overlapHours?: number;
}

export async function listAll(session: Session): Promise<ExitCode> {
  const page = await session.client.get("/admin/webhooks?limit=200", webhooksView);
  if (session.json) printJson(session.context, page);
  else print(session, page.webhooks);
  return exitCodes.ok;
}

function print({ out }: Session, webhooks: readonly WebhookView[]): void {
  const { dim } = out.colors;
  if (webhooks.length === 0) return out.line(dim("There is no webhook. `modyard webhooks add URL` adds one."));
  const rows = webhooks.map((each) => [each.id, stateOf(out.colors, each), `${each.deliveries.pending}/${each.deliveries.dead}`, foreignText(plain, each.url), [each.types, each.environments].map((some) => (some.length === 0 ? "all" : some.join(","))).join(" of ")]);
  for (const line of table(["ID", "STATE", "WAITS/DEAD", "URL", "EVENTS"], rows, dim)) out.line(line);
}

function stateOf({ green, yellow, red }: Session["out"]["colors"], { enabled, failing_since: failing }: WebhookView): string {
  if (!enabled) return red("off");
  return failing === null ? green("on") : yellow("failing");
}

export async function addWebhook(session: Session, url: string, { types, environments, description, reason }: AddOptions): Promise<ExitCode> {
  const body = { url, ...(types !== undefined && { types }), ...(environments !== undefined && { environments }), ...(description !== undefined && { description }), ...why(reason) };
  return tellSecret(session, await act(session, "/admin/webhooks", body, webhookSecretView));
}

export async function rotateWebhook(session: Session, id: string, { overlapHours, reason }: RotateOptions): Promise<ExitCode> {
  const body = { ...(overlapHours !== undefined && { overlap_hours: overlapHours }), ...why(reason) };
  return tellSecret(session, await act(session, `${pathOf(id)}/rotate-secret`, body, webhookSecretView));
}

function tellSecret(session: Session, webhook: WebhookSecretView): ExitCode {
  const { out, err } = session;
  if (session.json) printJson(session.context, webhook);
  else {
    out.line(`${out.colors.green("✓")} ${out.colors.bold(webhook.id)}  ${foreignText(plain, webhook.url)}`);
    if (webhook.secret !== null) out.line(`  secret ${webhook.secret}`);
    err.line(err.colors.dim(webhook.secret === null ? `The answer with the secret was lost on the way: modyard webhooks rotate-secret ${webhook.id}` : "The secret is shown this once: its receiver needs it to verify what comes."));
  }
  return exitCodes.ok;
}

export async function changeWebhook(session: Session, id: string, changes: Readonly<Record<string, unknown>>, { reason }: ReasonOptions): Promise<ExitCode> {
  const webhook = await withPatience(() => session.client.patch(pathOf(id), { ...changes, ...why(reason) }, webhookView), session.progress);
  return done(session, webhook, webhook.enabled ? "is on" : "is off");
}

export async function removeWebhook(session: Session, id: string, { reason = "" }: ReasonOptions): Promise<ExitCode> {
  return done(session, await session.client.delete(`${pathOf(id)}?${new URLSearchParams({ reason })}`, webhookView), "was removed");
}

function done(session: Session, webhook: WebhookView, what: string): ExitCode {
  const { out } = session;
  if (session.json) printJson(session.context, webhook);
  else out.line(`${out.colors.green("✓")} ${webhook.id} ${what}`);
  return exitCodes.ok;
}

export function why(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

export function pathOf(id: string): string {
  return `/admin/webhooks/${encodeURIComponent(id)}`;
}
