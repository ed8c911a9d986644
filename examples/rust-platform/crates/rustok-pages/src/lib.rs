//! Fixed pages, written in Markdown.

mod pages;

use rustok_core::RusToKModule;
use rustok_core::answers::{page, problem};
use rustok_core::axum::extract::Path;
use rustok_core::axum::http::StatusCode;
use rustok_core::axum::response::Response;
use rustok_core::axum::{Json, Router, routing};
use rustok_core::serde_json::{Value, json};

use pages::{PAGES, Page, render};

/// What the server registers.
#[derive(Default)]
pub struct PagesModule;

impl PagesModule {
    pub fn new() -> Self {
        Self
    }
}

impl RusToKModule for PagesModule {
    fn slug(&self) -> &'static str {
        "pages"
    }

    fn name(&self) -> &'static str {
        "Pages"
    }

    fn description(&self) -> &'static str {
        "Fixed pages, written in Markdown."
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
    }
}

async fn list() -> Json<Value> {
    let summary = |page: &Page| json!({ "slug": page.slug, "title": page.title });
    Json(json!({ "pages": PAGES.iter().map(summary).collect::<Vec<_>>() }))
}

async fn show(Path(slug): Path<String>) -> Response {
    match PAGES.iter().find(|page| page.slug == slug) {
        Some(found) => page(found.title, &render(found, &rustok_content::articles())),
        None => {
            let detail = format!("There is no page \"{slug}\".");
            problem(
                StatusCode::NOT_FOUND,
                "PAGE_NOT_FOUND",
                "Not found",
                &detail,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_core::testing::{assert_described_by, get, json_of};

    #[test]
    fn lists_and_shows_the_pages() {
        let pages = PagesModule::new();
        assert_eq!(
            json_of(get(&pages, "/"))["pages"][0],
            json!({ "slug": "about", "title": "About" })
        );
        let (status, about) = get(&pages, "/about");
        assert_eq!(status, StatusCode::OK);
        assert!(
            about.contains("<h1>About</h1><p>An <em>example</em> platform."),
            "{about}"
        );
        assert_eq!(get(&pages, "/nothing").0, StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_about_page_names_the_newest_article() {
        let (_, about) = get(&PagesModule::new(), "/about");
        assert!(
            about.contains("<a href=\"/content/how-modules-arrive\">How modules arrive</a>"),
            "{about}"
        );
    }
    #[test]
    fn code_and_descriptor_agree() {
        assert_described_by(&PagesModule::new(), include_str!("../module.toml"));
    }
}
