//! Starting and stopping modules, one after the other, so that whatever goes wrong has a name.

use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use crate::thrown::{error_text, guarded};
use crate::{ModuleResult, RusToKModule, SharedModule};

/// How long modules may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One module's start.
    pub start: Duration,
    /// One module's stop.
    pub stop: Duration,
    /// After this, and then again and again, a module that still starts is reported.
    pub slow_start: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(60),
            stop: Duration::from_secs(5),
            slow_start: Duration::from_secs(5),
        }
    }
}

/// Takes one line for the operator.
pub type Report<'a> = &'a (dyn Fn(&str) + Sync);

/// Starts the modules in the order given. When one fails, those already started are stopped again, last first; the error
/// is one line that names it.
pub async fn start_modules(
    modules: &[SharedModule],
    limits: Limits,
    report: Report<'_>,
) -> Result<(), String> {
    for (index, module) in modules.iter().enumerate() {
        if let Err(reason) = start_module(module, limits, report).await {
            stop_modules(&modules[..index], limits, report).await;
            return Err(start_failed(module.as_ref(), &reason));
        }
    }
    Ok(())
}

/// Calls `build` for one module, as a part of its start: its panic comes back as the line that names the module.
pub fn guard_start<T>(module: &dyn RusToKModule, build: impl FnOnce() -> T) -> Result<T, String> {
    guarded(build).map_err(|reason| start_failed(module, &reason))
}

fn start_failed(module: &dyn RusToKModule, reason: &str) -> String {
    format!("module \"{}\" failed to start: {reason}", module.slug())
}

async fn start_module(
    module: &SharedModule,
    limits: Limits,
    report: Report<'_>,
) -> Result<(), String> {
    let since = Instant::now();
    let mut work = spawn(module, |module| module.start());
    loop {
        let left = limits.start.saturating_sub(since.elapsed());
        if let Ok(outcome) = timeout(limits.slow_start.min(left), &mut work).await {
            return outcome.unwrap_or_else(|gone| Err(gone.to_string()));
        }
        if since.elapsed() >= limits.start {
            return Err(too_slow(limits.start));
        }
        report(&format!(
            "module \"{}\" is still starting after {} s",
            module.slug(),
            since.elapsed().as_secs()
        ));
    }
}

/// Stops the modules, last first. One that fails or hangs does not keep the others from stopping. True when all of them
/// stopped well.
pub async fn stop_modules(started: &[SharedModule], limits: Limits, report: Report<'_>) -> bool {
    let mut well = true;
    for module in started.iter().rev() {
        let outcome = match timeout(limits.stop, spawn(module, |module| module.stop())).await {
            Ok(outcome) => outcome.unwrap_or_else(|gone| Err(gone.to_string())),
            Err(_) => Err(too_slow(limits.stop)),
        };
        if let Err(reason) = outcome {
            well = false;
            report(&format!(
                "module \"{}\" failed to stop: {reason}",
                module.slug()
            ));
        }
    }
    well
}

/// On a thread of its own: a module that blocks holds up nothing but itself.
fn spawn(
    module: &SharedModule,
    call: fn(&dyn RusToKModule) -> ModuleResult,
) -> tokio::task::JoinHandle<Result<(), String>> {
    let module = module.clone();
    spawn_blocking(move || {
        guarded(|| call(module.as_ref()))?.map_err(|error| error_text(error.as_ref()))
    })
}

fn too_slow(limit: Duration) -> String {
    format!("did not finish within {} ms", limit.as_millis())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::testing::{TestModule, block_on};

    /// Starts the modules; what came of it, and what was reported.
    fn start(modules: Vec<TestModule>, limits: Limits) -> (Result<(), String>, Vec<String>) {
        let modules: Vec<SharedModule> = modules
            .into_iter()
            .map(|module| Arc::new(module) as SharedModule)
            .collect();
        let lines = Mutex::new(Vec::new());
        let outcome = block_on(start_modules(&modules, limits, &|line| {
            lines.lock().unwrap().push(line.to_owned())
        }));
        (outcome, lines.into_inner().unwrap())
    }

    #[test]
    fn starts_in_order_and_stops_what_had_started() {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let module = |slug| TestModule::new(slug).tells(&calls);
        let (outcome, _) = start(
            vec![
                module("a"),
                module("b"),
                module("c").on_start(|| Err("no\n  database".into())),
            ],
            Limits::default(),
        );
        assert_eq!(
            outcome.unwrap_err(),
            "module \"c\" failed to start: no database"
        );
        assert_eq!(
            *calls.lock().unwrap(),
            ["start a", "start b", "start c", "stop b", "stop a"]
        );
    }

    #[test]
    fn a_panic_is_told_by_name() {
        let (outcome, _) = start(
            vec![TestModule::new("a").on_start(|| panic!("at the disco"))],
            Limits::default(),
        );
        assert_eq!(
            outcome.unwrap_err(),
            "module \"a\" failed to start: panicked: at the disco"
        );
    }

    #[test]
    fn an_error_is_told_with_its_cause() {
        let (outcome, _) = start(
            vec![TestModule::new("a").on_start(|| Err(std::io::Error::other("disc full").into()))],
            Limits::default(),
        );
        assert_eq!(
            outcome.unwrap_err(),
            "module \"a\" failed to start: disc full"
        );
    }

    #[test]
    fn a_module_that_hangs_is_named_while_it_hangs_and_ends_the_start() {
        let hang = || {
            std::thread::sleep(Duration::from_secs(600));
            Ok(())
        };
        let limits = Limits {
            start: Duration::from_millis(500),
            slow_start: Duration::from_millis(10),
            ..Limits::default()
        };
        let (outcome, lines) = start(vec![TestModule::new("a").on_start(hang)], limits);
        assert_eq!(lines[0], "module \"a\" is still starting after 0 s");
        assert_eq!(
            outcome.unwrap_err(),
            "module \"a\" failed to start: did not finish within 500 ms"
        );
    }
}
