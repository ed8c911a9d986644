use std::sync::{Mutex, MutexGuard, PoisonError};

use rustok_core::serde_json::{Value, json};

/// One contribution.
#[derive(Clone, Debug)]
pub struct Post {
    pub author: String,
    pub text: String,
}

/// A thread that is not written yet.
pub struct NewThread {
    pub title: String,
    /// Slug of the article that it is about.
    pub article: Option<String>,
    pub post: Post,
}

/// A thread: a title, the post that opens it, and its comments, oldest first.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Made from the title; unique.
    address: String,
    title: String,
    article: Option<String>,
    post: Post,
    /// Without the feature, nobody can write one.
    comments: Vec<Post>,
}

/// The forum's threads, in memory.
#[derive(Default)]
pub struct Threads(Mutex<Vec<Thread>>);

impl Threads {
    /// Newest first.
    pub fn list(&self) -> Vec<Thread> {
        self.lock().iter().rev().cloned().collect()
    }

    pub fn find(&self, address: &str) -> Option<Thread> {
        self.lock()
            .iter()
            .find(|thread| thread.address == address)
            .cloned()
    }

    pub fn open(
        &self,
        NewThread {
            title,
            article,
            post,
        }: NewThread,
    ) -> Thread {
        let mut threads = self.lock();
        let thread = Thread {
            address: free_address(&threads, &title),
            title,
            article,
            post,
            comments: Vec::new(),
        };
        threads.push(thread.clone());
        thread
    }

    /// `None` when there is no such thread.
    #[cfg(feature = "comments")]
    pub fn comment(&self, address: &str, comment: Post) -> Option<Thread> {
        let mut threads = self.lock();
        let thread = threads
            .iter_mut()
            .find(|thread| thread.address == address)?;
        thread.comments.push(comment);
        Some(thread.clone())
    }

    /// The forum that a new platform starts with.
    pub fn of_a_new_platform() -> Self {
        let threads = Self::default();
        let post = |author: &str, text: &str| Post {
            author: author.to_owned(),
            text: text.to_owned(),
        };
        threads.open(NewThread {
            title: "Say hello".to_owned(),
            article: None,
            post: post("ada", "Who is here?"),
        });
        threads.open(NewThread {
            title: "Your first module".to_owned(),
            article: Some("how-modules-arrive".to_owned()),
            post: post("grace", "What did you install first?"),
        });
        threads
    }

    /// Every change is whole before the lock is given back, so a panic elsewhere leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, Vec<Thread>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The title in letters of addresses, with a number where that is taken.
fn free_address(threads: &[Thread], title: &str) -> String {
    let wanted = Some(slug::slugify(title))
        .filter(|address| !address.is_empty())
        .unwrap_or_else(|| "thread".to_owned());
    let is_free = |address: &String| threads.iter().all(|thread| thread.address != *address);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(wanted)
}

/// A thread as lists show it.
pub fn summary(thread: &Thread) -> Value {
    let mut shown =
        json!({ "address": thread.address, "title": thread.title, "article": thread.article });
    if cfg!(feature = "comments") {
        shown["comments"] = thread.comments.len().into();
    }
    shown
}

/// A thread with all that was written.
pub fn whole(thread: &Thread) -> Value {
    let mut shown = summary(thread);
    shown["author"] = thread.post.author.clone().into();
    shown["text"] = thread.post.text.clone().into();
    if cfg!(feature = "comments") {
        let comment = |post: &Post| json!({ "author": post.author, "text": post.text });
        shown["comments"] = thread.comments.iter().map(comment).collect();
    }
    shown
}
