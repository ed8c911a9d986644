use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls a module; its panic comes back as the text that it panicked with.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    // What the module leaves half done is the module's own: nobody else looks into it.
    catch_unwind(AssertUnwindSafe(call))
        .map_err(|payload| format!("panicked: {}", panic_text(payload.as_ref())))
}

/// The text of `panic!`: what it got is text, unless the module used `panic_any`.
fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    one_line(text.unwrap_or("something that is not text"))
}

/// An error with everything that caused it.
pub fn error_text(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    one_line(&text)
}

/// Logs are read by line.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}
