//! Articles: the texts that other modules show and discuss.

mod articles;

use std::sync::{Arc, LazyLock};

use rustok_core::answers::problem;
use rustok_core::axum::extract::{Path, State};
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::{IntoResponse, Response};
use rustok_core::axum::{Json, Router, routing};
use rustok_core::serde_json::{Value, json};
use rustok_core::{Health, RusToKModule};

pub use articles::{Article, Articles};

static ARTICLES: LazyLock<Arc<Articles>> =
    LazyLock::new(|| Arc::new(Articles::of_a_new_platform()));

/// The articles of this process: what other modules read.
pub fn articles() -> Arc<Articles> {
    ARTICLES.clone()
}

/// What the server registers.
pub struct ContentModule {
    articles: Arc<Articles>,
}

impl ContentModule {
    pub fn new() -> Self {
        Self::on(articles())
    }

    /// On given articles: tests give their own.
    pub fn on(articles: Arc<Articles>) -> Self {
        Self { articles }
    }
}

impl Default for ContentModule {
    fn default() -> Self {
        Self::new()
    }
}

impl RusToKModule for ContentModule {
    fn slug(&self) -> &'static str {
        "content"
    }

    fn name(&self) -> &'static str {
        "Content"
    }

    fn description(&self) -> &'static str {
        "Articles: the texts that other modules show and discuss."
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn health(&self) -> Health {
        if self.articles.list().next().is_some() {
            Health::Ok
        } else {
            Health::Unwell("there are no articles".to_owned())
        }
    }

    fn routes(&self) -> Router {
        Router::new()
            .route("/", routing::get(list))
            .route("/{slug}", routing::get(show))
            .with_state(self.articles.clone())
    }
}

async fn list(State(articles): State<Arc<Articles>>) -> Json<Value> {
    let summary = |article: &Article| json!({ "slug": article.slug, "title": article.title, "published_on": article.published_on });
    Json(json!({ "articles": articles.list().map(summary).collect::<Vec<_>>() }))
}

async fn show(State(articles): State<Arc<Articles>>, Path(slug): Path<String>) -> Response {
    let Some(article) = articles.find(&slug) else {
        let detail = format!("There is no article \"{slug}\".");
        return problem(
            StatusCode::NOT_FOUND,
            "ARTICLE_NOT_FOUND",
            "Not found",
            &detail,
        );
    };
    let Article {
        slug,
        title,
        body,
        published_on,
    } = article;
    Json(json!({ "slug": slug, "title": title, "body": body, "published_on": published_on }))
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_core::testing::{assert_described_by, get, json_of};

    #[test]
    fn lists_articles_newest_first() {
        let listed = json_of(get(&ContentModule::new(), "/"));
        assert_eq!(listed["articles"][0]["slug"], "how-modules-arrive");
        assert_eq!(listed["articles"][1]["slug"], "welcome");
    }

    #[test]
    fn shows_one_article_and_says_which_one_is_not_there() {
        let content = ContentModule::new();
        assert_eq!(
            json_of(get(&content, "/welcome"))["title"],
            "Welcome to the platform"
        );
        let (status, body) = get(&content, "/nothing");
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(body.contains("no article \\\"nothing\\\""), "{body}");
    }

    #[test]
    fn is_unwell_without_articles() {
        let empty = ContentModule::on(Arc::new(Articles::new([])));
        assert_eq!(
            empty.health(),
            Health::Unwell("there are no articles".to_owned())
        );
    }
    #[test]
    fn code_and_descriptor_agree() {
        assert_described_by(&ContentModule::new(), include_str!("../module.toml"));
    }
}
