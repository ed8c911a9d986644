import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const targetSchema = z.object({ refId: z.string(), expr: z.string().min(1), legendFormat: z.string() });
const gridSchema = z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() });
const panelSchema = z.object({ id: z.int(), type: z.enum(["row", "stat", "timeseries"]), title: z.string().min(1), gridPos: gridSchema, targets: z.array(targetSchema).default([]) });
const dashboard = z.object({ title: z.literal("Modyard"), uid: z.string(), templating: z.object({ list: z.array(z.object({ name: z.string() })) }), panels: z.array(panelSchema) }).parse(JSON.parse(read("docs/grafana/modyard.json")));
const guide = read("docs/guides/operations.md");

/** Metrics of the guide, whose table is kept true beside the metrics; with what a histogram is asked by. */
const metrics = new Map([...guide.matchAll(/^\| `(modyard_\w+)` \| (\w+) \|([^|]*)\|/gm)].map(([, name = "", type = "", labels = ""]) => [name, { type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = ""]) => label) }]));

function metricOf(asked: string): { readonly type: string; readonly labels: readonly string[] } | undefined {
  const histogram = metrics.get(asked.replace(/_(?:bucket|sum|count)$/, ""));
  return metrics.get(asked) ?? (histogram?.type === "histogram" ? { ...histogram, labels: [...histogram.labels, "le"] } : undefined);
}

/** Names of metrics in an expression. */
const namesIn = (expr: string): readonly string[] => [...expr.matchAll(/\b(?:modyard|nodejs|process)_\w+/g)].map(([name]) => name);

it("asks only for metrics and labels that there are", () => {
  for (const { title, targets } of dashboard.panels) {
    for (const { expr } of targets) {
      const own = namesIn(expr).filter((name) => name.startsWith("modyard_"));
      expect([title, own.filter((name) => metricOf(name) === undefined)]).toEqual([title, []]);
      const known = new Set(["instance", ...own.flatMap((name) => metricOf(name)?.labels ?? [])]);
      const labels = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(", ")).concat([...expr.matchAll(/[{,](\w+)=~?"/g)].map(([, label = ""]) => label));
      if (own.length > 0) expect([title, labels.filter((label) => !known.has(label))]).toEqual([title, []]);
    }
  }
});

it("shows every metric, but for the version, which it only chooses by", () => {
  const shown = new Set(dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr))).flatMap((name) => [name, name.replace(/_(?:bucket|sum|count)$/, "")]));
  expect([...metrics.keys()].filter((name) => !shown.has(name))).toEqual(["modyard_info"]);
});

it("counts what all servers tell alike once: by max, never by sum", () => {
  const ownOfAServer = /modyard_(?:http|event_streams|database_pool|disk|info)/;
  const sums = dashboard.panels.flatMap(({ targets }) => targets).filter(({ expr }) => /\bsum\b/.test(expr) && !/sum by \(instance\b/.test(expr) && namesIn(expr).some((name) => name.startsWith("modyard_") && !ownOfAServer.test(name)));
  expect(sums).toEqual([]);
});

it("is a whole that fits: panels have numbers of their own, places of their own, and closed brackets", () => {
  const places = dashboard.panels.map(({ gridPos }) => gridPos);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  for (const [index, one] of places.entries()) {
    expect(one.x + one.w).toBeLessThanOrEqual(24);
    for (const other of places.slice(index + 1)) expect(one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h).toBe(false);
  }
  for (const { targets } of dashboard.panels) for (const { expr } of targets) for (const [open = "", close = ""] of ["()", "{}", "[]"]) expect(expr.split(open).length).toBe(expr.split(close).length);
});

it("has alerts in the guide that ask for metrics that there are", () => {
  const asked = [...guide.slice(guide.indexOf("### What to be woken for")).matchAll(/^\| `([^`]+)`/gm)].flatMap(([, expr = ""]) => namesIn(expr));
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => metricOf(name) === undefined)).toEqual([]);
});
