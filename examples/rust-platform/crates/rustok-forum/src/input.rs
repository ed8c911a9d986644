use rustok_content::Articles;
use rustok_core::serde_json::Value;

use crate::threads::{NewThread, Post};

/// Everything that is wrong with what was sent.
pub type Faults = Vec<String>;

/// Reads `{ author, text }`.
pub fn parse_post(body: &Value) -> Result<Post, Faults> {
    let mut faults = Vec::new();
    let author = text(body, "author", 80, &mut faults);
    let text = text(body, "text", 10_000, &mut faults);
    if faults.is_empty() {
        Ok(Post { author, text })
    } else {
        Err(faults)
    }
}

/// Reads `{ title, author, text, article? }`.
pub fn parse_thread(body: &Value, articles: &Articles) -> Result<NewThread, Faults> {
    let mut faults = Vec::new();
    let title = text(body, "title", 200, &mut faults);
    let post = parse_post(body);
    faults.extend(post.as_ref().err().into_iter().flatten().cloned());
    let article = body["article"].as_str().map(str::to_owned);
    let is_known = article
        .as_deref()
        .is_some_and(|slug| articles.find(slug).is_some());
    if !body["article"].is_null() && !is_known {
        faults.push(format!("there is no article {}", body["article"]));
    }
    match post {
        Ok(post) if faults.is_empty() => Ok(NewThread {
            title,
            article,
            post,
        }),
        _ => Err(faults),
    }
}

fn text(body: &Value, name: &str, longest: usize, faults: &mut Faults) -> String {
    let given = body[name].as_str().map(str::trim).unwrap_or_default();
    if given.is_empty() || given.chars().count() > longest {
        faults.push(format!("{name} must be text of 1 to {longest} characters"));
    }
    given.to_owned()
}
