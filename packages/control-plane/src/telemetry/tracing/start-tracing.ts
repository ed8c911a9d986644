import type { Logger } from "pino";
import { version } from "../../config/version.ts";

/** Where traces go, and from whom. */
export interface TracingOptions {
  /** The receiver's address for traces, OTLP over HTTP. */
  readonly endpoint: string;
  /** Names this process. */
  readonly instance: string;
}

/** Longer than this nobody waits for a receiver when a process ends. */
const farewellMs = 2_000;

/** Sends spans from now on, until the returned function is called; the libraries for it are loaded only here. */
export async function startTracing({ endpoint, instance }: TracingOptions, logger: Logger): Promise<() => Promise<void>> {
  const [{ context, diag, DiagLogLevel, trace }, { BatchSpanProcessor, NodeTracerProvider }, { resourceFromAttributes }, { OTLPTraceExporter }, { spanIdGenerator }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("./span-ids.ts"),
  ]);
  const told = (message: string): void => logger.warn({ message }, "traces could not be sent");
  diag.setLogger({ error: told, warn: told, info: () => undefined, debug: () => undefined, verbose: () => undefined }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const resource = resourceFromAttributes({ "service.name": process.env["OTEL_SERVICE_NAME"] ?? "modyard", "service.version": version, "service.instance.id": instance });
  const provider = new NodeTracerProvider({ resource, idGenerator: spanIdGenerator, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: endpoint, timeoutMillis: farewellMs }))] });
  provider.register();
  return async () => {
    await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, farewellMs).unref())]);
    for (const part of [trace, context, diag]) part.disable();
  };
}
