use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

/// Turns SIGTERM and SIGINT into the request to stop. Until [`handle`](Self::handle) is called a signal ends the process
/// at once, as it would without us: nothing is served yet. After that the first one asks, and the second ends the process.
pub struct Signals {
    handled: Arc<AtomicBool>,
    asked: Arc<Notify>,
}

impl Signals {
    pub fn intercept() -> std::io::Result<Self> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let signals = Self {
            handled: Arc::default(),
            asked: Arc::default(),
        };
        let (handled, asked) = (signals.handled.clone(), signals.asked.clone());
        tokio::spawn(async move {
            let code = next(&mut terminate, &mut interrupt).await;
            if !handled.load(Ordering::SeqCst) {
                std::process::exit(code);
            }
            asked.notify_one();
            std::process::exit(next(&mut terminate, &mut interrupt).await);
        });
        Ok(signals)
    }

    pub fn handle(&self) {
        self.handled.store(true, Ordering::SeqCst);
    }

    /// Ends when the process was asked to stop.
    pub async fn asked_to_stop(&self) {
        self.asked.notified().await;
    }
}

/// The exit code of a process that the next signal ended.
async fn next(terminate: &mut Signal, interrupt: &mut Signal) -> i32 {
    std::future::poll_fn(|context| {
        if terminate.poll_recv(context).is_ready() {
            return std::task::Poll::Ready(143);
        }
        interrupt.poll_recv(context).map(|_| 130)
    })
    .await
}
