//! What the feature `comments` brings.

use std::sync::Arc;

use rustok_core::answers::read_json;
use rustok_core::axum::Json;
use rustok_core::axum::body::Bytes;
use rustok_core::axum::extract::{Path, State};
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::{IntoResponse, Response};

use crate::{Forum, input, invalid, not_found, threads};

pub async fn add(
    State(forum): State<Arc<Forum>>,
    Path(address): Path<String>,
    body: Bytes,
) -> Response {
    let comment = match input::parse_post(&read_json(&body)) {
        Ok(comment) => comment,
        Err(faults) => return invalid(&faults),
    };
    match forum.threads.comment(&address, comment) {
        Some(thread) => (StatusCode::CREATED, Json(threads::whole(&thread))).into_response(),
        None => not_found(&address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ForumModule;
    use rustok_core::serde_json::json;
    use rustok_core::testing::{get, json_of, post};

    #[test]
    fn a_thread_takes_comments() {
        let forum = ForumModule::new();
        let comment = json!({ "author": "grace", "text": "I am." });
        assert_eq!(
            post(&forum, "/say-hello/comments", &comment).0,
            StatusCode::CREATED
        );
        assert_eq!(
            json_of(get(&forum, "/say-hello"))["comments"],
            json!([comment])
        );
        assert_eq!(
            post(&forum, "/nothing/comments", &comment).0,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            post(&forum, "/say-hello/comments", &json!({})).0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}
