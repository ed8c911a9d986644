use std::io::Write;

use axum::Router;
use axum::middleware::from_fn_with_state;
use rustok_core::ModuleRegistry;
use rustok_core::identity::Identity;
use rustok_core::lifecycle::{Limits, start_modules, stop_modules};
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::Modules;
use crate::drain::{UnderWay, count};
use crate::settings::Settings;
use crate::signals::Signals;
use crate::{platform, report};

/// The server's whole life; its exit code, or the line that says why it could not serve.
pub fn run(modules: &Modules) -> Result<i32, String> {
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let code = runtime.block_on(live(modules));
    runtime.shutdown_background();
    code
}

async fn live(own: &Modules) -> Result<i32, String> {
    let signals =
        Signals::intercept().map_err(|error| format!("signals cannot be handled: {error}"))?;
    let settings = Settings::from_env()?;
    let limits = Limits::default();
    let mut registry = ModuleRegistry::new();
    (own.register)(&mut registry);
    let modules = registry.ordered().map_err(|error| error.to_string())?;

    start_modules(&modules, limits, &report).await?;
    let served = match platform::build(modules.clone(), own.default_enabled, Identity::from_env()) {
        Ok(router) => serve(router, &settings, &signals).await,
        Err(line) => Err(line),
    };
    let stopped_well = stop_modules(&modules, limits, &report).await;
    served.map(|()| if stopped_well { 0 } else { 1 })
}

/// Serves until the process is asked to stop, and then until no request is left.
async fn serve(router: Router, settings: &Settings, signals: &Signals) -> Result<(), String> {
    let listener = listen(settings).await?;
    let port = listener
        .local_addr()
        .map_err(|error| error.to_string())?
        .port();
    let under_way = UnderWay::default();
    let app = router.layer(from_fn_with_state(under_way.clone(), count));
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, app)
        .with_graceful_shutdown(async { stopped.await.unwrap_or_default() });
    let serving = tokio::spawn(async { server.await });
    signals.handle();
    let _ = writeln!(
        std::io::stdout(),
        "rustok-server listens on {}",
        settings.url(port)
    );

    signals.asked_to_stop().await;
    drop(stop);
    let drained = timeout(settings.drain, serving).await.is_ok();
    if !drained && under_way.count() > 0 {
        let (cut, limit) = (under_way.count(), settings.drain.as_millis());
        report(&format!(
            "{cut} request(s) did not finish within {limit} ms and were cut"
        ));
    }
    Ok(())
}

async fn listen(Settings { host, port, .. }: &Settings) -> Result<TcpListener, String> {
    TcpListener::bind((host.as_str(), *port))
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("port {port} on {host} is in use by another program")
            }
            _ => format!("cannot listen on port {port} of {host}: {error}"),
        })
}
