import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const program = fileURLToPath(new URL("../fixtures/webhooks/receiver.mjs", import.meta.url));

const messageSchema = z.object({
  path: z.string(),
  id: z.string(),
  attempt: z.number(),
  verified: z.array(z.boolean()),
  method: z.string(),
  contentType: z.string(),
  type: z.string(),
  timestamp: z.string(),
  entry: z.number(),
  subject: z.string(),
});

/** A message as the receiver got it; `verified`: by each secret that it has for the path, in the order in which it got them. */
export type ReceivedMessage = z.output<typeof messageSchema>;

const tellSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("listening"), port: z.number() }),
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("message"), message: messageSchema }),
]);

/** A receiver of webhooks in a process of its own. */
export class WebhookReceiver {
  readonly #child: ChildProcess;
  readonly #messages: ReceivedMessage[] = [];
  readonly #answers: (() => void)[] = [];
  #port = 0;

  private constructor() {
    this.#child = fork(program, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await receiver.#answered(() => receiver.#child.on("message", (told) => receiver.#hear(tellSchema.parse(told))));
    return receiver;
  }

  /** Where it answers so: `ok`, `status/500`, `fails-first/2`, `later/60`, `redirect/ok`, `hang`, `close`, `trickle`, `big`. What follows tells webhooks apart. */
  url(path: string, host = "127.0.0.1"): string {
    return `http://${host}:${this.#port}/${path}`;
  }

  /** What came to this path so far. */
  messages(path: string): readonly ReceivedMessage[] {
    return this.#messages.filter((each) => each.path === `/${path}`);
  }

  /** Gives it one more secret to verify with. */
  knows(path: string, secret: string): Promise<void> {
    return this.#answered(() => this.#child.send({ path: `/${path}`, secret }));
  }

  /** Has a path answer well from now on. */
  mend(path: string): Promise<void> {
    return this.#answered(() => this.#child.send({ mend: `/${path}` }));
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }

  #answered(ask: () => unknown): Promise<void> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      ask();
    });
  }

  #hear(told: z.output<typeof tellSchema>): void {
    if (told.kind === "message") this.#messages.push(told.message);
    else this.#answers.shift()?.();
    if (told.kind === "listening") this.#port = told.port;
  }
}
