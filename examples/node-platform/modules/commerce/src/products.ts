/** Something for sale. Prices are whole cents, so sums are exact. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly priceCents: number;
}

export const seedProducts: readonly Product[] = [
  { sku: "mug", name: "Enamel mug", priceCents: 1290 },
  { sku: "notebook", name: "Notebook, dotted", priceCents: 850 },
  { sku: "poster", name: "Poster, 50 by 70", priceCents: 1995 },
];
