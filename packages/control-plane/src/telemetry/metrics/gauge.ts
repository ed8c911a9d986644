import { Gauge, type GaugeConfiguration, type Registry } from "prom-client";

/** Registers a gauge that is asked for its value at each scrape. */
export function gauge<Label extends string = never>(registry: Registry, { name, help, labelNames = [] }: Pick<GaugeConfiguration<Label>, "name" | "help" | "labelNames">, collect: (gauge: Gauge<Label>) => void | Promise<void>): Gauge<Label> {
  return new Gauge<Label>({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      return collect(this);
    },
  });
}

/** What is told anew at each scrape. */
export interface StateMetrics {
  refresh(): Promise<void>;
}

/** Registers a gauge that somebody sets. */
export function gaugeOf<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}
