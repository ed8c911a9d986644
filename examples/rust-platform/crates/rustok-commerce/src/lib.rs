//! A product list and carts with exact totals.

mod cart;
mod products;

use rustok_core::RusToKModule;
use rustok_core::answers::{problem, read_json};
use rustok_core::axum::body::Bytes;
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::{IntoResponse, Response};
use rustok_core::axum::{Json, Router, routing};
use rustok_core::serde_json::{Value, json};

use cart::{CartError, parse_cart, price_cart};
use products::{PRODUCTS, Product};

/// What the server registers.
#[derive(Default)]
pub struct CommerceModule;

impl CommerceModule {
    pub fn new() -> Self {
        Self
    }
}

impl RusToKModule for CommerceModule {
    fn slug(&self) -> &'static str {
        "commerce"
    }

    fn name(&self) -> &'static str {
        "Commerce"
    }

    fn description(&self) -> &'static str {
        "A product list and carts with exact totals."
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/", routing::get(list))
            .route("/cart/total", routing::post(total))
    }
}

async fn list() -> Json<Value> {
    let product = |product: &Product| json!({ "sku": product.sku, "name": product.name, "price_cents": product.price_cents });
    Json(json!({ "products": PRODUCTS.iter().map(product).collect::<Vec<_>>() }))
}

async fn total(body: Bytes) -> Response {
    match parse_cart(&read_json(&body)).and_then(|lines| price_cart(PRODUCTS, &lines)) {
        Ok(cart) => Json(cart).into_response(),
        Err(CartError::Invalid(faults)) => problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "CART_INVALID",
            "The cart is not valid",
            &faults.join("; "),
        ),
        Err(CartError::Unknown(skus)) => {
            let detail = format!("Nobody sells {}.", skus.join(", "));
            problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "PRODUCT_UNKNOWN",
                "Not for sale",
                &detail,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_core::testing::{assert_described_by, get, json_of, post};

    fn total(lines: Value) -> (StatusCode, String) {
        post(
            &CommerceModule::new(),
            "/cart/total",
            &json!({ "lines": lines }),
        )
    }

    #[test]
    fn lists_the_products() {
        let listed = json_of(get(&CommerceModule::new(), "/"));
        assert_eq!(listed["products"].as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn adds_a_cart_up_exactly() {
        let cart = json_of(total(
            json!([{ "sku": "mug", "quantity": 3 }, { "sku": "poster", "quantity": 1 }]),
        ));
        assert_eq!(cart["total_cents"], 3 * 1290 + 1995);
        assert_eq!(
            cart["lines"][0],
            json!({ "sku": "mug", "quantity": 3, "total_cents": 3870 })
        );
    }

    #[test]
    fn refuses_half_a_mug_an_empty_cart_and_what_nobody_sells() {
        assert_eq!(
            total(json!([{ "sku": "mug", "quantity": 0.5 }])).0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(total(json!([])).0, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, body) = total(json!([{ "sku": "yacht", "quantity": 1 }]));
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("yacht"), "{body}");
    }
    #[test]
    fn code_and_descriptor_agree() {
        assert_described_by(&CommerceModule::new(), include_str!("../module.toml"));
    }
}
