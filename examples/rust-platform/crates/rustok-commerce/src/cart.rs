use rustok_core::serde_json::{Value, json};

use crate::products::Product;

/// One line of a cart as the client asks for it.
pub struct CartLine {
    pub sku: String,
    /// 1 to 1000.
    pub quantity: u64,
}

pub enum CartError {
    /// Everything that is wrong.
    Invalid(Vec<String>),
    /// Skus that nobody sells.
    Unknown(Vec<String>),
}

/// Reads `{ "lines": [{ "sku": …, "quantity": … }] }`.
pub fn parse_cart(body: &Value) -> Result<Vec<CartLine>, CartError> {
    let lines = body["lines"]
        .as_array()
        .filter(|lines| (1..=100).contains(&lines.len()));
    let Some(lines) = lines else {
        return Err(CartError::Invalid(vec![
            "lines must be a list of 1 to 100 lines".to_owned(),
        ]));
    };
    let mut faults = Vec::new();
    let mut cart = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let sku = line["sku"].as_str();
        let quantity = line["quantity"]
            .as_u64()
            .filter(|quantity| (1..=1000).contains(quantity));
        if sku.is_none() {
            faults.push(format!("lines[{index}].sku must be text"));
        }
        if quantity.is_none() {
            faults.push(format!(
                "lines[{index}].quantity must be a whole number from 1 to 1000"
            ));
        }
        if let (Some(sku), Some(quantity)) = (sku, quantity) {
            cart.push(CartLine {
                sku: sku.to_owned(),
                quantity,
            });
        }
    }
    if faults.is_empty() {
        Ok(cart)
    } else {
        Err(CartError::Invalid(faults))
    }
}

/// The cart with its prices, as it is answered.
pub fn price_cart(products: &[Product], lines: &[CartLine]) -> Result<Value, CartError> {
    let mut unknown = Vec::new();
    let mut priced = Vec::with_capacity(lines.len());
    let mut total = 0;
    for CartLine { sku, quantity } in lines {
        let Some(product) = products.iter().find(|product| product.sku == sku) else {
            unknown.push(sku.clone());
            continue;
        };
        let cents = product.price_cents * quantity;
        total += cents;
        priced.push(json!({ "sku": sku, "quantity": quantity, "total_cents": cents }));
    }
    if unknown.is_empty() {
        Ok(json!({ "lines": priced, "total_cents": total }))
    } else {
        Err(CartError::Unknown(unknown))
    }
}
