/** One sample of Prometheus' text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its samples. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const types = ["counter", "gauge", "histogram", "summary", "untyped"];

/** Reads the text format 0.0.4 by its grammar; throws where a scraper would, and where `promtool check metrics` complains of names. */
export function readPrometheus(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, { name: string; type: string; help: string; samples: Sample[] }>();
  const seen = new Set<string>();
  let current: string | undefined;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined) {
      if (line.startsWith("#")) continue;
      const sample = readSample(line);
      const family = families.get(current ?? "");
      if (family === undefined || !belongs(sample.name, family)) throw new Error(`a sample outside its metric: ${line}`);
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).toSorted(([one], [other]) => (one < other ? -1 : 1)))}`;
      if (seen.has(key)) throw new Error(`told twice: ${line}`);
      seen.add(key);
      family.samples.push(sample);
    } else if (keyword === "HELP") {
      if (families.has(name)) throw new Error(`described twice: ${name}`);
      families.set(name, { name, type: "untyped", help: rest, samples: [] });
      current = name;
    } else {
      const family = families.get(name);
      if (name !== current || family === undefined || family.samples.length > 0 || !types.includes(rest)) throw new Error(`a type out of place: ${line}`);
      family.type = rest;
    }
  }
  for (const family of families.values()) check(family);
  return families;
}

function belongs(name: string, family: { readonly name: string; readonly type: string }): boolean {
  if (family.type === "histogram") return ["_bucket", "_sum", "_count"].some((suffix) => name === family.name + suffix);
  if (family.type === "summary") return ["", "_sum", "_count"].some((suffix) => name === family.name + suffix);
  return name === family.name;
}

/** `name{label="value",…} number`. */
function readSample(line: string): Sample {
  const [name = ""] = metricName.exec(line) ?? [];
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith("{")) {
    rest = rest.slice(1);
    while (!rest.startsWith("}")) {
      const [label = ""] = labelName.exec(rest) ?? [];
      const [whole, value] = /^="((?:[^"\\]|\\["\\n])*)"(?:,|(?=\}))/.exec(rest.slice(label.length)) ?? [];
      if (label === "" || whole === undefined || value === undefined || label in labels) throw new Error(`labels are not valid: ${line}`);
      labels[label] = value.replaceAll(/\\(["\\n])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
      rest = rest.slice(label.length + whole.length);
    }
    rest = rest.slice(1);
  }
  const [, number] = /^ (NaN|[+-]Inf|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)$/i.exec(rest) ?? [];
  if (name === "" || number === undefined) throw new Error(`not a sample: ${line}`);
  return { name, labels, value: number.endsWith("Inf") ? Number(`${number}inity`) : Number(number) };
}

function check({ name, type, help, samples }: Family): void {
  if (help === "") throw new Error(`${name} has no help`);
  // prom-client's own names of the process break some conventions, and dashboards that exist depend on them.
  if (name.startsWith("modyard_")) checkName({ name, type });
  if (type === "counter" && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} counts down`);
  if (type !== "histogram") return;
  const series = Map.groupBy(samples.filter((each) => each.name === `${name}_bucket`), ({ labels }) => JSON.stringify(Object.fromEntries(Object.entries(labels).filter(([label]) => label !== "le"))));
  for (const [labels, buckets] of series) {
    const counts = buckets.map(({ value }) => value);
    const count = samples.find((each) => each.name === `${name}_count` && JSON.stringify(each.labels) === labels)?.value;
    if (buckets.at(-1)?.labels["le"] !== "+Inf" || counts.at(-1) !== count || counts.some((value, index) => value < (counts[index - 1] ?? 0))) throw new Error(`${name}${labels} is no histogram`);
  }
}

function checkName({ name, type }: Pick<Family, "name" | "type">): void {
  if ((type === "counter") !== name.endsWith("_total")) throw new Error(`${name}: counters end in _total, and nothing else does`);
  if (/_(?:milliseconds|ms|minutes|hours|kilobytes|megabytes|percent)(?:_|$)/.test(name)) throw new Error(`${name} is not in base units`);
  if (type === "histogram" && !/_(?:seconds|bytes)$/.test(name)) throw new Error(`${name} does not say its unit`);
}

/** The value of the sample with these labels; undefined when there is none. */
export function valueOf(families: ReadonlyMap<string, Family>, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const family = [...families.values()].find((each) => belongs(name, each));
  return family?.samples.find((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))?.value;
}
