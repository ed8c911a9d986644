import type { Product } from "./products.ts";

/** One line of a cart as the client asks for it. */
export interface CartLine {
  readonly sku: string;
  readonly quantity: number;
}

/** A cart with its prices. */
export interface PricedCart {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly total_cents: number }[];
  readonly total_cents: number;
}

/** Reads `{ "lines": [{ "sku": …, "quantity": … }] }`: the lines, or everything that is wrong. */
export function parseCart(body: unknown): { readonly lines: readonly CartLine[] } | { readonly faults: readonly string[] } {
  const given: unknown = typeof body === "object" && body !== null && "lines" in body ? body.lines : undefined;
  if (!Array.isArray(given) || given.length === 0 || given.length > 100) return { faults: ["lines must be a list of 1 to 100 lines"] };
  const faults: string[] = [];
  const lines = given.map((line: unknown, index) => {
    const { sku, quantity } = (typeof line === "object" && line !== null ? line : {}) as Record<string, unknown>;
    if (typeof sku !== "string") faults.push(`lines[${String(index)}].sku must be text`);
    if (!Number.isInteger(quantity) || Number(quantity) < 1 || Number(quantity) > 1000) faults.push(`lines[${String(index)}].quantity must be a whole number from 1 to 1000`);
    return { sku: String(sku), quantity: Number(quantity) };
  });
  return faults.length > 0 ? { faults } : { lines };
}

/** Prices a cart: the cart, or the skus that nobody sells. */
export function priceCart(products: readonly Product[], lines: readonly CartLine[]): PricedCart | { readonly unknown: readonly string[] } {
  const prices = new Map(products.map((product) => [product.sku, product.priceCents]));
  const unknown = lines.filter(({ sku }) => !prices.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return { unknown };
  const priced = lines.map(({ sku, quantity }) => ({ sku, quantity, total_cents: quantity * (prices.get(sku) ?? 0) }));
  return { lines: priced, total_cents: priced.reduce((sum, line) => sum + line.total_cents, 0) };
}
