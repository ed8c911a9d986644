import type { ChangeWebhookData, CreateWebhookData, Webhook, WebhookWithSecret } from "../../client/index.ts";
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
  readonly types?: CreateWebhookData["body"]["types"];
  readonly environments?: string[];
  readonly description?: string;
}

export interface RotateOptions extends ReasonOptions {
  readonly overlapHours?: number;
}

export async function listAll(session: Session): Promise<ExitCode> {
  const page = await session.api.listWebhooks({ query: { limit: 200 } });
  if (session.json) printJson(session.context, page);
  else print(session, page.webhooks);
  return exitCodes.ok;
}

function print({ out }: Session, webhooks: readonly Webhook[]): void {
  const { dim } = out.colors;
  if (webhooks.length === 0) return out.line(dim("There is no webhook. `modyard webhooks add URL` adds one."));
  const rows = webhooks.map((each) => [each.id, stateOf(out.colors, each), `${each.deliveries.pending}/${each.deliveries.dead}`, foreignText(plain, each.url), eventsText(each)]);
  for (const line of table(["ID", "STATE", "WAITS/DEAD", "URL", "EVENTS"], rows, dim)) out.line(line);
}

const mostNamed = 4;

/** Of which environments is said only where it is not all of them. */
function eventsText({ types, environments }: Webhook): string {
  return environments.length === 0 ? typesText(types) : `${typesText(types)} of ${environments.join(",")}`;
}

/** Without types it is told of all but people and tokens. */
function typesText(types: readonly string[]): string {
  if (types.length === 0) return "all but access";
  return types.length > mostNamed ? `${types.length} types` : types.join(",");
}

function stateOf({ green, yellow, red }: Session["out"]["colors"], { enabled, failing_since: failing }: Webhook): string {
  if (!enabled) return red("off");
  return failing === null ? green("on") : yellow("failing");
}

export async function addWebhook(session: Session, url: string, { types, environments, description, reason }: AddOptions): Promise<ExitCode> {
  const body = { url, ...(types !== undefined && { types }), ...(environments !== undefined && { environments }), ...(description !== undefined && { description }), ...why(reason) };
  return tellSecret(session, await act(session, (headers) => session.api.createWebhook({ body, headers })));
}

export async function rotateWebhook(session: Session, id: string, { overlapHours, reason }: RotateOptions): Promise<ExitCode> {
  const body = { ...(overlapHours !== undefined && { overlap_hours: overlapHours }), ...why(reason) };
  return tellSecret(session, await act(session, (headers) => session.api.rotateWebhookSecret({ path: { id }, body, headers })));
}

function tellSecret(session: Session, webhook: WebhookWithSecret): ExitCode {
  const { out, err } = session;
  if (session.json) printJson(session.context, webhook);
  else {
    out.line(`${out.colors.green("✓")} ${out.colors.bold(webhook.id)}  ${foreignText(plain, webhook.url)}`);
    if (webhook.secret !== null) out.line(`  secret ${webhook.secret}`);
    err.line(err.colors.dim(webhook.secret === null ? `The answer with the secret was lost on the way: modyard webhooks rotate-secret ${webhook.id}` : "The secret is shown this once: its receiver needs it to verify what comes."));
  }
  return exitCodes.ok;
}

export async function changeWebhook(session: Session, id: string, changes: ChangeWebhookData["body"], { reason }: ReasonOptions): Promise<ExitCode> {
  const webhook = await withPatience(() => session.api.changeWebhook({ path: { id }, body: { ...changes, ...why(reason) } }), session.progress);
  return done(session, webhook, webhook.enabled ? "is on" : "is off");
}

export async function removeWebhook(session: Session, id: string, { reason = "" }: ReasonOptions): Promise<ExitCode> {
  return done(session, await session.api.deleteWebhook({ path: { id }, query: { reason } }), "was removed");
}

function done(session: Session, webhook: Webhook, what: string): ExitCode {
  const { out } = session;
  if (session.json) printJson(session.context, webhook);
  else out.line(`${out.colors.green("✓")} ${webhook.id} ${what}`);
  return exitCodes.ok;
}

export function why(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}
