//! For the tests of modules: calls their routes without a server.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use crate::{Health, ModuleResult, RusToKModule};

/// Runs asynchronous code to its end.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime for a test");
    let outcome = runtime.block_on(work);
    // A test of something that hangs does not wait for it.
    runtime.shutdown_background();
    outcome
}

/// Asks one of a module's routes; the path is below the module's own prefix: `get(&module, "/welcome")`.
pub fn get(module: &dyn RusToKModule, path: &str) -> (StatusCode, String) {
    call(
        module.routes(),
        Request::get(path).body(Body::empty()).expect("a path"),
    )
}

/// Sends JSON to one of a module's routes.
pub fn post(module: &dyn RusToKModule, path: &str, body: &Value) -> (StatusCode, String) {
    let request = Request::post(path).header("content-type", "application/json");
    call(
        module.routes(),
        request.body(Body::from(body.to_string())).expect("a path"),
    )
}

/// Sends a request to routes, of a module or of a whole platform.
pub fn call(routes: Router, request: Request<Body>) -> (StatusCode, String) {
    block_on(async {
        let Ok(answer) = routes.oneshot(request).await;
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        (head.status, String::from_utf8_lossy(&body).into_owned())
    })
}

/// An answer's JSON.
pub fn json_of((_, body): (StatusCode, String)) -> Value {
    serde_json::from_str(&body).expect("an answer in JSON")
}

/// The code and the module's `module.toml` must tell one slug, name, description and version: the control plane goes by
/// the file, and refuses a server that says otherwise. Give it `include_str!("../module.toml")`.
pub fn assert_described_by(module: &dyn RusToKModule, descriptor: &str) {
    let told = [
        ("slug", module.slug()),
        ("name", module.name()),
        ("description", module.description()),
        ("version", module.version()),
    ];
    for (key, value) in told {
        let line = format!("{key} = \"{value}\"");
        assert!(
            descriptor.lines().any(|each| each == line),
            "module.toml has no line: {line}"
        );
    }
}

type Hook<T> = Box<dyn Fn() -> T + Send + Sync>;

/// A module for tests of what handles modules: does nothing but what it is told.
pub struct TestModule {
    slug: &'static str,
    name: &'static str,
    dependencies: &'static [&'static str],
    start: Hook<ModuleResult>,
    health: Hook<Health>,
    routes: Hook<Router>,
    calls: Arc<Mutex<Vec<String>>>,
}

impl TestModule {
    pub fn new(slug: &'static str) -> Self {
        Self {
            slug,
            name: format!("Test {slug}").leak(),
            dependencies: &[],
            start: Box::new(|| Ok(())),
            health: Box::new(|| Health::Ok),
            routes: Box::new(Router::new),
            calls: Arc::default(),
        }
    }

    pub fn needs(self, dependencies: &'static [&'static str]) -> Self {
        Self {
            dependencies,
            ..self
        }
    }

    pub fn on_start(self, start: impl Fn() -> ModuleResult + Send + Sync + 'static) -> Self {
        Self {
            start: Box::new(start),
            ..self
        }
    }

    pub fn on_health(self, health: impl Fn() -> Health + Send + Sync + 'static) -> Self {
        Self {
            health: Box::new(health),
            ..self
        }
    }

    pub fn with_routes(self, routes: impl Fn() -> Router + Send + Sync + 'static) -> Self {
        Self {
            routes: Box::new(routes),
            ..self
        }
    }

    /// Writes down when it starts and stops.
    pub fn tells(self, calls: &Arc<Mutex<Vec<String>>>) -> Self {
        Self {
            calls: calls.clone(),
            ..self
        }
    }

    fn tell(&self, what: &str) {
        if let Ok(mut calls) = self.calls.lock() {
            calls.push(format!("{what} {}", self.slug));
        }
    }
}

impl RusToKModule for TestModule {
    fn slug(&self) -> &'static str {
        self.slug
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn description(&self) -> &'static str {
        ""
    }

    fn version(&self) -> &'static str {
        "1.0.0"
    }

    fn dependencies(&self) -> &'static [&'static str] {
        self.dependencies
    }

    fn start(&self) -> ModuleResult {
        self.tell("start");
        (self.start)()
    }

    fn stop(&self) -> ModuleResult {
        self.tell("stop");
        Ok(())
    }

    fn health(&self) -> Health {
        (self.health)()
    }

    fn routes(&self) -> Router {
        (self.routes)()
    }
}
