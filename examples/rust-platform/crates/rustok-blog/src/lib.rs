//! Presents articles as dated posts, newest first.

mod posts;

use std::sync::Arc;

use rustok_content::Articles;
use rustok_core::RusToKModule;
use rustok_core::answers::problem;
use rustok_core::axum::extract::{Path, State};
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::{IntoResponse, Response};
use rustok_core::axum::{Json, Router, routing};
use rustok_core::serde_json::{Value, json};

use posts::{reading_minutes, teaser};

/// What the server registers.
pub struct BlogModule {
    articles: Arc<Articles>,
}

impl BlogModule {
    pub fn new() -> Self {
        Self::on(rustok_content::articles())
    }

    /// On given articles: tests give their own.
    pub fn on(articles: Arc<Articles>) -> Self {
        Self { articles }
    }
}

impl Default for BlogModule {
    fn default() -> Self {
        Self::new()
    }
}

impl RusToKModule for BlogModule {
    fn slug(&self) -> &'static str {
        "blog"
    }

    fn name(&self) -> &'static str {
        "Blog"
    }

    fn description(&self) -> &'static str {
        "Presents articles as dated posts, newest first."
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn dependencies(&self) -> &'static [&'static str] {
        &["content"]
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/", routing::get(list))
            .route("/{slug}", routing::get(show))
            .with_state(self.articles.clone())
    }
}

async fn list(State(articles): State<Arc<Articles>>) -> Json<Value> {
    let posts = articles.list().map(|article| {
        json!({ "slug": article.slug, "title": article.title, "date": article.published_on, "teaser": teaser(&article.body) })
    });
    Json(json!({ "posts": posts.collect::<Vec<_>>() }))
}

async fn show(State(articles): State<Arc<Articles>>, Path(slug): Path<String>) -> Response {
    let Some(article) = articles.find(&slug) else {
        let detail = format!("There is no post \"{slug}\".");
        return problem(
            StatusCode::NOT_FOUND,
            "POST_NOT_FOUND",
            "Not found",
            &detail,
        );
    };
    Json(json!({
        "slug": article.slug,
        "title": article.title,
        "date": article.published_on,
        "body": article.body,
        "reading_minutes": reading_minutes(&article.body),
    }))
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_content::Article;
    use rustok_core::testing::{assert_described_by, get, json_of};

    fn blog() -> BlogModule {
        BlogModule::on(Arc::new(Articles::new([
            Article::new("old", "Old", "First. Second.", "2026-01-01"),
            Article::new("new", "New", &"word ".repeat(401), "2026-02-01"),
        ])))
    }

    #[test]
    fn lists_posts_newest_first_with_the_first_sentence() {
        let posts = json_of(get(&blog(), "/"))["posts"].take();
        assert_eq!(
            (&posts[0]["slug"], &posts[1]["slug"]),
            (&json!("new"), &json!("old"))
        );
        assert_eq!(posts[1]["teaser"], "First.");
    }

    #[test]
    fn shows_one_post_with_its_reading_time() {
        assert_eq!(json_of(get(&blog(), "/new"))["reading_minutes"], 3);
        assert_eq!(get(&blog(), "/none").0, StatusCode::NOT_FOUND);
    }
    #[test]
    fn code_and_descriptor_agree() {
        assert_described_by(&BlogModule::new(), include_str!("../module.toml"));
    }
}
