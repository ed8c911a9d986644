use pulldown_cmark::{Parser, html};
use rustok_content::Articles;

/// A page that is always there.
pub struct Page {
    pub slug: &'static str,
    pub title: &'static str,
    /// Markdown of the platform's own people; `{newest}` stands for a link to the newest article.
    text: &'static str,
}

pub const PAGES: &[Page] = &[
    Page {
        slug: "about",
        title: "About",
        text: "An *example* platform.\n\nIt is small, and everything in it is a module. To read next: {newest}.",
    },
    Page {
        slug: "imprint",
        title: "Imprint",
        text: "The platform's owners  \n1 Example Street",
    },
];

/// The page's text as markup.
pub fn render(page: &Page, articles: &Articles) -> String {
    let newest = articles
        .list()
        .next()
        .map(|article| format!("[{}](/content/{})", article.title, article.slug));
    let text = page
        .text
        .replace("{newest}", newest.as_deref().unwrap_or("nothing yet"));
    let mut markup = String::new();
    html::push_html(&mut markup, Parser::new(&text));
    markup
}
