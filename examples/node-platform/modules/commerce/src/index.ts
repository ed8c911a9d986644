import { defineModule, json, type ModuleDefinition, problem } from "@modyard/runtime";
import { parseCart, priceCart } from "./cart.ts";
import { seedProducts } from "./products.ts";

/** What the host registers. */
export const module: ModuleDefinition = defineModule({
  slug: "commerce",
  name: "Commerce",
  description: "A product list and carts with exact totals.",
  version: "0.1.0",
  routes: [
    { method: "GET", path: "/", handle: () => json({ products: seedProducts.map(({ sku, name, priceCents }) => ({ sku, name, price_cents: priceCents })) }) },
    {
      method: "POST",
      path: "/cart/total",
      handle: ({ body }) => {
        const cart = parseCart(body);
        if ("faults" in cart) return problem(422, "CART_INVALID", "The cart is not valid", cart.faults.join("; "));
        const priced = priceCart(seedProducts, cart.lines);
        if ("unknown" in priced) return problem(422, "PRODUCT_UNKNOWN", "Not for sale", `Nobody sells ${priced.unknown.join(", ")}.`);
        return json(priced);
      },
    },
  ],
});
