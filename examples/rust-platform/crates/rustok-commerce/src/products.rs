/// Something for sale. Prices are whole cents, so sums are exact.
pub struct Product {
    pub sku: &'static str,
    pub name: &'static str,
    pub price_cents: u64,
}

pub const PRODUCTS: &[Product] = &[
    Product {
        sku: "mug",
        name: "Enamel mug",
        price_cents: 1290,
    },
    Product {
        sku: "notebook",
        name: "Notebook, dotted",
        price_cents: 850,
    },
    Product {
        sku: "poster",
        name: "Poster, 50 by 70",
        price_cents: 1995,
    },
];
