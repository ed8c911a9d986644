use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Counts the requests under way, so that those that are cut at the end can be told.
#[derive(Clone, Default)]
pub struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// Also counts down when the client has gone and the request is dropped.
struct Counted(UnderWay);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Middleware around everything.
pub async fn count(State(under_way): State<UnderWay>, request: Request, next: Next) -> Response {
    under_way.0.fetch_add(1, Ordering::SeqCst);
    let _counted = Counted(under_way);
    next.run(request).await
}
