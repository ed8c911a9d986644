/// An article: a text with a name in addresses.
#[derive(Clone, Debug)]
pub struct Article {
    /// `[a-z0-9-]+`, unique.
    pub slug: String,
    pub title: String,
    pub body: String,
    /// ISO date of the day it was published.
    pub published_on: String,
}

impl Article {
    pub fn new(slug: &str, title: &str, body: &str, published_on: &str) -> Self {
        let [slug, title, body, published_on] =
            [slug, title, body, published_on].map(str::to_owned);
        Self {
            slug,
            title,
            body,
            published_on,
        }
    }
}

/// The platform's articles, in memory, newest first.
pub struct Articles(Vec<Article>);

impl Articles {
    pub fn new(articles: impl IntoIterator<Item = Article>) -> Self {
        let mut articles: Vec<Article> = articles.into_iter().collect();
        articles.sort_by(|a, b| (&b.published_on, &a.slug).cmp(&(&a.published_on, &b.slug)));
        Self(articles)
    }

    /// Newest first; on one day, by slug.
    pub fn list(&self) -> impl Iterator<Item = &Article> {
        self.0.iter()
    }

    pub fn find(&self, slug: &str) -> Option<&Article> {
        self.0.iter().find(|article| article.slug == slug)
    }

    /// What a new platform has to read.
    pub fn of_a_new_platform() -> Self {
        Self::new([
            Article::new(
                "welcome",
                "Welcome to the platform",
                "Everything that you see here is a module. What is installed is written in modules.toml, and nowhere else.",
                "2026-01-12",
            ),
            Article::new(
                "how-modules-arrive",
                "How modules arrive",
                "Installing a module builds the whole platform anew, tests it, starts it beside the old one, and switches when it proved itself.",
                "2026-02-03",
            ),
        ])
    }
}
