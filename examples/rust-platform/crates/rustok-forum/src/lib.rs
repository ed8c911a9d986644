//! Threads, each free or about an article; comments with the feature `comments`.

#[cfg(feature = "comments")]
mod comments;
mod input;
mod threads;

use std::sync::Arc;

use rustok_content::Articles;
use rustok_core::RusToKModule;
use rustok_core::answers::{problem, read_json};
use rustok_core::axum::body::Bytes;
use rustok_core::axum::extract::{Path, State};
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::{IntoResponse, Response};
use rustok_core::axum::{Json, Router, routing};
use rustok_core::serde_json::{Value, json};

pub use threads::Threads;

/// What the server registers.
pub struct ForumModule {
    forum: Arc<Forum>,
}

struct Forum {
    threads: Threads,
    articles: Arc<Articles>,
}

impl ForumModule {
    pub fn new() -> Self {
        Self::on(Threads::of_a_new_platform(), rustok_content::articles())
    }

    /// On given threads and articles: tests give their own.
    pub fn on(threads: Threads, articles: Arc<Articles>) -> Self {
        Self {
            forum: Arc::new(Forum { threads, articles }),
        }
    }
}

impl Default for ForumModule {
    fn default() -> Self {
        Self::new()
    }
}

impl RusToKModule for ForumModule {
    fn slug(&self) -> &'static str {
        "forum"
    }

    fn name(&self) -> &'static str {
        "Forum"
    }

    fn description(&self) -> &'static str {
        "Threads, each free or about an article; comments with the feature `comments`."
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn dependencies(&self) -> &'static [&'static str] {
        &["content"]
    }

    fn routes(&self) -> Router {
        let routes = Router::new()
            .route("/", routing::get(list).post(open))
            .route("/{address}", routing::get(show));
        #[cfg(feature = "comments")]
        let routes = routes.route("/{address}/comments", routing::post(comments::add));
        routes.with_state(self.forum.clone())
    }
}

/// Newest first, and whether this build has comments.
async fn list(State(forum): State<Arc<Forum>>) -> Json<Value> {
    let threads: Vec<Value> = forum.threads.list().iter().map(threads::summary).collect();
    Json(json!({ "comments": cfg!(feature = "comments"), "threads": threads }))
}

async fn open(State(forum): State<Arc<Forum>>, body: Bytes) -> Response {
    match input::parse_thread(&read_json(&body), &forum.articles) {
        Ok(thread) => (
            StatusCode::CREATED,
            Json(threads::whole(&forum.threads.open(thread))),
        )
            .into_response(),
        Err(faults) => invalid(&faults),
    }
}

async fn show(State(forum): State<Arc<Forum>>, Path(address): Path<String>) -> Response {
    match forum.threads.find(&address) {
        Some(thread) => Json(threads::whole(&thread)).into_response(),
        None => not_found(&address),
    }
}

fn not_found(address: &str) -> Response {
    let detail = format!("There is no thread \"{address}\".");
    problem(
        StatusCode::NOT_FOUND,
        "THREAD_NOT_FOUND",
        "Not found",
        &detail,
    )
}

fn invalid(faults: &[String]) -> Response {
    problem(
        StatusCode::UNPROCESSABLE_ENTITY,
        "POST_INVALID",
        "The post is not valid",
        &faults.join("; "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_content::Article;
    use rustok_core::testing::{assert_described_by, get, json_of, post};

    fn forum() -> ForumModule {
        ForumModule::on(
            Threads::default(),
            Arc::new(Articles::new([Article::new(
                "one",
                "One",
                "Text.",
                "2026-01-01",
            )])),
        )
    }

    #[test]
    fn lists_the_threads_of_a_new_platform_newest_first() {
        let listed = json_of(get(&ForumModule::new(), "/"));
        assert_eq!(listed["threads"][0]["title"], "Your first module");
        assert_eq!(listed["threads"][1]["address"], "say-hello");
        assert_eq!(listed["comments"], cfg!(feature = "comments"));
    }

    #[test]
    fn opens_threads_under_addresses_of_their_own() {
        let forum = forum();
        let thread =
            json!({ "title": "Über One!", "author": "ada", "text": "Hm.", "article": "one" });
        let (status, _) = post(&forum, "/", &thread);
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!(json_of(post(&forum, "/", &thread))["address"], "uber-one-2");
        let shown = json_of(get(&forum, "/uber-one"));
        assert_eq!(
            (&shown["author"], &shown["article"]),
            (&json!("ada"), &json!("one"))
        );
    }

    #[test]
    fn names_everything_that_is_wrong_with_a_thread() {
        let (status, body) = post(
            &forum(),
            "/",
            &json!({ "title": " ", "author": "ada", "article": "two" }),
        );
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        for fault in ["title must", "text must", "no article"] {
            assert!(body.contains(fault), "{body}");
        }
    }

    #[test]
    fn a_thread_that_is_not_there_is_not_found() {
        assert_eq!(get(&forum(), "/nothing").0, StatusCode::NOT_FOUND);
    }
    #[test]
    fn code_and_descriptor_agree() {
        assert_described_by(&ForumModule::new(), include_str!("../module.toml"));
    }
}
