import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const valueSchema = z.looseObject({ stringValue: z.string().optional(), intValue: z.union([z.number(), z.string()]).optional(), arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })).optional() }).optional() });
const attributesSchema = z.array(z.object({ key: z.string(), value: valueSchema })).transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value.stringValue ?? value.arrayValue?.values?.map((each) => each.stringValue) ?? Number(value.intValue)])));
const spanSchema = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: attributesSchema,
  status: z.object({ code: z.number(), message: z.string().optional() }),
});
/** What OTLP over HTTP sends as JSON, as far as it is looked at. */
const exportSchema = z.object({ resourceSpans: z.array(z.object({ resource: z.looseObject({ attributes: attributesSchema }), scopeSpans: z.array(z.looseObject({ spans: z.array(spanSchema) })) })) });

export type ReceivedSpan = z.output<typeof spanSchema> & { readonly instance: unknown };

/** A receiver of traces on loopback. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Everything that came, as it came. */
  raw(): string;
  readonly headers: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const [spans, bodies, headers]: [ReceivedSpan[], string[], IncomingHttpHeaders[]] = [[], [], []];
  const receive = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (request.url !== "/v1/traces" || request.method !== "POST") {
      answer.writeHead(404).end();
      return;
    }
    bodies.push(body);
    headers.push(request.headers);
    for (const { resource, scopeSpans } of exportSchema.parse(JSON.parse(body)).resourceSpans) {
      for (const scope of scopeSpans) for (const span of scope.spans) spans.push({ ...span, instance: resource.attributes["service.instance.id"] });
    }
    answer.writeHead(200, { "content-type": "application/json" }).end("{}");
  };
  const server = createServer((request, answer) => void receive(request, answer));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    raw: () => bodies.join("\n"),
    headers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
