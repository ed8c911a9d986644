//! The answers that every module gives in the same way.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

/// Says what is wrong, as RFC 9457 problem details; `code` is stable, for clients to branch on.
pub fn problem(status: StatusCode, code: &str, title: &str, detail: &str) -> Response {
    let body = json!({ "title": title, "status": status.as_u16(), "code": code, "detail": detail });
    let headers = [(
        header::CONTENT_TYPE,
        "application/problem+json; charset=utf-8",
    )];
    (status, headers, Json(body).into_response().into_body()).into_response()
}

/// A JSON body from outside; what is not JSON is `null`, and so refused like anything else that is wrong.
pub fn read_json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or(Value::Null)
}

/// A whole HTML document around what stands in its `<main>`. `title` is text, `main` is markup.
pub fn page(title: &str, main: &str) -> Response {
    Html(crate::html::document(title, main)).into_response()
}
