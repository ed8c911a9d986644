import { InvalidArgumentError, Option, type Command } from "commander";
import { journalEventTypes } from "../../events/event-types.ts";
import { withLimit } from "../client/paging.ts";
import { clientAction, withServer, type ClientOptions } from "../client/session.ts";
import type { CliContext } from "../command.ts";
import { addWebhook, changeWebhook, listAll, removeWebhook, rotateWebhook, type AddOptions, type ReasonOptions, type RotateOptions } from "../webhooks/change.ts";
import { listDeliveries, resend, testWebhook, type DeliveriesOptions, type ResendOptions } from "../webhooks/deliveries.ts";

const idOf = ["<id>", "the webhook's id"] as const;

export function webhooksCommand(program: Command, context: CliContext): void {
  const webhooks = program.command("webhooks").description("addresses that are told what happens: add, test, send again");
  withServer(webhooks.command("list", { isDefault: true }).description("list them")).action(clientAction<[], ClientOptions>(context, listAll));
  const add = webhooks
    .command("add")
    .description("add one, and print its secret, which is shown this once")
    .argument("<url>", "where to send to")
    .option("--types <types>", `only these types of event, separated by commas: ${journalEventTypes.slice(0, 3).join(", ")}, … (default: all but those about people and tokens)`, list)
    .option("-e, --environments <names>", "only events about these environments, separated by commas", list)
    .option("--description <text>", "what it is for");
  withServer(withReason(add)).action(clientAction<[string], AddOptions>(context, addWebhook));
  for (const [name, enabled, what] of [["enable", true, "switch it on: it is told what happens from now on, and what waited"], ["disable", false, "switch it off"]] as const) {
    withServer(withReason(webhooks.command(name).description(what).argument(...idOf))).action(clientAction<[string], ReasonOptions>(context, (session, id, options) => changeWebhook(session, id, { enabled }, options)));
  }
  withServer(withReason(webhooks.command("remove").description("remove it, and what waits for it").argument(...idOf))).action(clientAction<[string], ReasonOptions>(context, removeWebhook));
  const rotate = webhooks.command("rotate-secret").description("give it a new secret, and print it; the former one signs, too, for a while").argument(...idOf);
  withServer(withReason(rotate.option("--overlap-hours <hours>", "for so long; 0: not at all (24)", hours))).action(clientAction<[string], RotateOptions>(context, rotateWebhook));
  withServer(withReason(webhooks.command("test").description("send it an event now, and tell what came back").argument(...idOf))).action(clientAction<[string], ReasonOptions>(context, testWebhook));
  const deliveries = webhooks.command("deliveries").description("what was sent to it, the newest last").argument(...idOf).addOption(new Option("--status <status>", "only these").choices(["pending", "delivered", "dead"]));
  withServer(withLimit(deliveries, 20)).action(clientAction<[string], DeliveriesOptions>(context, listDeliveries));
  const again = webhooks.command("resend").description("send a delivery again, or all whose last attempt failed").argument(...idOf).argument("[delivery]", "the delivery's id").option("--dead", "all whose last attempt failed");
  withServer(withReason(again)).action(clientAction<[string, string | undefined], ResendOptions>(context, resend));
}

function withReason(command: Command): Command {
  return command.option("--reason <text>", "why, for the journal");
}

function hours(text: string): number {
  const count = text.trim() === "" ? Number.NaN : Number(text);
  if (!(count >= 0)) throw new InvalidArgumentError("write a number of hours, 0 or more");
  return count;
}

function list(text: string): readonly string[] {
  return text.split(",").map((each) => each.trim()).filter(Boolean);
}
