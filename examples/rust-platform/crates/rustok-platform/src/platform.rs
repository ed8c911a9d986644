use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing};
use rustok_core::answers::problem;
use rustok_core::health::{HealthChecks, health};
use rustok_core::identity::Identity;
use rustok_core::lifecycle::guard_start;
use rustok_core::serde_json::{Value, json};
use rustok_core::{ModuleKind, SharedModule};

use crate::front_page::front_page;
use crate::guard::{Guard, guard};
use crate::tenants::{Tenants, tenant_of};

/// What the platform's own routes know.
struct Platform {
    modules: Vec<SharedModule>,
    checks: HealthChecks,
    tenants: Arc<Tenants>,
    identity: Identity,
}

/// Puts the platform together from modules that have started, in dependency order. The error is one line that names the
/// module whose routes are not well made.
pub fn build(
    modules: Vec<SharedModule>,
    default_enabled: &[&str],
    identity: Identity,
) -> Result<Router, String> {
    let tenants = Arc::new(Tenants::new(&modules, default_enabled));
    let checks = HealthChecks::new(&modules);
    let platform = Arc::new(Platform {
        modules,
        checks,
        tenants,
        identity,
    });
    let mut router = Router::new()
        .route(
            "/",
            routing::get(async |State(platform): State<Arc<Platform>>| {
                front_page(&platform.modules)
            }),
        )
        .route("/health", routing::get(own_health))
        .route("/health/modules", routing::get(modules_health))
        .route("/tenant/modules", routing::get(tenant_modules))
        .fallback(not_found)
        .with_state(platform.clone());
    for module in &platform.modules {
        router = guard_start(module.as_ref(), || {
            mount(router, module, platform.tenants.clone())
        })?;
    }
    Ok(router)
}

/// axum panics about routes that it cannot have, such as two of one path.
fn mount(router: Router, module: &SharedModule, tenants: Arc<Tenants>) -> Router {
    let slug = module.slug();
    let routes = module
        .routes()
        .fallback(not_found)
        .layer(from_fn_with_state(Guard { slug, tenants }, guard));
    router.nest(&format!("/{slug}"), routes)
}

async fn own_health(State(platform): State<Arc<Platform>>) -> Response {
    not_stored(StatusCode::OK, health(&platform.identity))
}

async fn modules_health(State(platform): State<Arc<Platform>>) -> Response {
    let answer = platform.checks.ask(&platform.identity).await;
    let status = if answer.is_well {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    not_stored(status, answer.body)
}

fn not_stored(status: StatusCode, body: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn tenant_modules(State(platform): State<Arc<Platform>>, headers: HeaderMap) -> Json<Value> {
    let tenant = tenant_of(&headers);
    let modules = platform.modules.iter().map(|module| {
        json!({
            "slug": module.slug(),
            "name": module.name(),
            "version": module.version(),
            "kind": if module.kind() == ModuleKind::Core { "core" } else { "optional" },
            "enabled": platform.tenants.is_enabled(tenant, module.slug()),
        })
    });
    Json(json!({ "tenant": tenant, "modules": modules.collect::<Vec<_>>() }))
}

async fn not_found(OriginalUri(uri): OriginalUri) -> Response {
    let detail = format!("There is nothing at {}.", uri.path());
    problem(StatusCode::NOT_FOUND, "NOT_FOUND", "Not found", &detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::Request;
    use rustok_core::Health;
    use rustok_core::testing::{TestModule, call, json_of};

    fn platform(modules: Vec<TestModule>) -> Result<Router, String> {
        let modules = modules
            .into_iter()
            .map(|module| Arc::new(module) as SharedModule)
            .collect();
        build(modules, &["a"], Identity::default())
    }

    fn ask(modules: Vec<TestModule>, path: &str, tenant: &str) -> (StatusCode, String) {
        let request = Request::get(path)
            .header("x-tenant", tenant)
            .body(Body::empty())
            .unwrap();
        call(platform(modules).unwrap(), request)
    }

    fn greeting(slug: &'static str) -> TestModule {
        TestModule::new(slug)
            .with_routes(|| Router::new().route("/", routing::get(async || "hello")))
    }

    #[test]
    fn a_module_answers_below_its_slug_and_nowhere_else() {
        let modules = || vec![greeting("a")];
        assert_eq!(
            ask(modules(), "/a", ""),
            (StatusCode::OK, "hello".to_owned())
        );
        assert_eq!(
            json_of(ask(modules(), "/a/b", ""))["detail"],
            "There is nothing at /a/b."
        );
        assert_eq!(json_of(ask(modules(), "/b", ""))["code"], "NOT_FOUND");
    }

    #[test]
    fn a_tenant_sees_what_it_has_enabled() {
        let modules = || vec![greeting("a"), greeting("b")];
        assert_eq!(ask(modules(), "/b", "").0, StatusCode::OK);
        assert_eq!(ask(modules(), "/a", "acme").0, StatusCode::OK);
        assert_eq!(
            json_of(ask(modules(), "/b", "acme"))["code"],
            "MODULE_NOT_ENABLED"
        );
        let seen = json_of(ask(modules(), "/tenant/modules", "acme"));
        assert_eq!(
            (
                &seen["modules"][0]["enabled"],
                &seen["modules"][1]["enabled"]
            ),
            (&json!(true), &json!(false))
        );
    }

    #[test]
    fn the_front_page_links_every_module() {
        let (status, body) = ask(vec![greeting("a")], "/", "");
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("<a href=\"/a\">Test a</a> 1.0.0"), "{body}");
    }

    #[test]
    fn an_unwell_module_makes_its_report_503_but_the_process_is_up() {
        let ill = || vec![TestModule::new("a").on_health(|| Health::Unwell("no disc".to_owned()))];
        assert_eq!(ask(ill(), "/health", "").0, StatusCode::OK);
        let (status, body) = ask(ill(), "/health/modules", "");
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.contains("no disc"), "{body}");
    }

    #[test]
    fn a_panic_costs_one_request() {
        let panics = async || -> String { panic!("at the disco") };
        let module = TestModule::new("a")
            .with_routes(move || Router::new().route("/", routing::get(panics)));
        let (status, body) = ask(vec![module], "/a", "");
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(body.contains("The module \\\"a\\\" failed."), "{body}");
    }

    #[test]
    fn routes_that_cannot_be_are_told_by_name() {
        let twice = || {
            Router::new()
                .route("/x", routing::get(async || ""))
                .route("/x", routing::get(async || ""))
        };
        let line = platform(vec![TestModule::new("a").with_routes(twice)]).unwrap_err();
        assert!(
            line.starts_with("module \"a\" failed to start: panicked: "),
            "{line}"
        );
        let line =
            platform(vec![TestModule::new("health").with_routes(|| {
                Router::new().route("/modules", routing::get(async || ""))
            })])
            .unwrap_err();
        assert!(
            line.starts_with("module \"health\" failed to start: panicked: "),
            "{line}"
        );
    }
}
