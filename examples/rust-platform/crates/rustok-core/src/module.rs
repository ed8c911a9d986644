use std::error::Error;

use axum::Router;

/// What starting and stopping a module comes to; `?` turns any error into it.
pub type ModuleResult = Result<(), Box<dyn Error + Send + Sync>>;

/// Core modules are on for every tenant; optional ones are a tenant's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    Core,
    Optional,
}

/// A module's word on itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    Ok,
    /// With the reason.
    Unwell(String),
}

/// A module: what it is, what it needs, and what it does.
///
/// `start`, `stop` and `health` run on a thread of their own and may block. For asynchronous code they have
/// `tokio::runtime::Handle::current().block_on(…)`.
pub trait RusToKModule: Send + Sync + 'static {
    /// `[a-z][a-z0-9_-]*`; the module's name in `modules.toml`, and the prefix of its routes.
    fn slug(&self) -> &'static str;

    /// For people.
    fn name(&self) -> &'static str;

    fn description(&self) -> &'static str;

    /// The crate's own version: `env!("CARGO_PKG_VERSION")`.
    fn version(&self) -> &'static str;

    fn kind(&self) -> ModuleKind {
        ModuleKind::Optional
    }

    /// Slugs of the modules that must start before this one.
    fn dependencies(&self) -> &'static [&'static str] {
        &[]
    }

    /// Opens what the module needs. An error or a panic ends the process before it takes a request.
    fn start(&self) -> ModuleResult {
        Ok(())
    }

    /// Closes what `start` opened; called when no request is left.
    fn stop(&self) -> ModuleResult {
        Ok(())
    }

    /// A panic, or no answer in time, counts as unwell.
    fn health(&self) -> Health {
        Health::Ok
    }

    /// The module's routes; the server puts them below `/<slug>`. Called once, after every module has started.
    fn routes(&self) -> Router {
        Router::new()
    }
}
