use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use rustok_core::answers::problem;

use crate::tenants::{Tenants, tenant_of};

/// What stands in front of one module's routes.
#[derive(Clone)]
pub struct Guard {
    pub slug: &'static str,
    pub tenants: Arc<Tenants>,
}

/// Middleware: 404 where the tenant has not enabled the module, as if it were not there; and a panic of the module costs
/// this one request, with an answer and a line that name the module.
pub async fn guard(
    State(Guard { slug, tenants }): State<Guard>,
    request: Request,
    next: Next,
) -> Response {
    if !tenants.is_enabled(tenant_of(request.headers()), slug) {
        let detail = format!("The module \"{slug}\" is not enabled for this tenant.");
        return problem(
            StatusCode::NOT_FOUND,
            "MODULE_NOT_ENABLED",
            "Not found",
            &detail,
        );
    }
    match tokio::spawn(next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            crate::report(&format!(
                "module \"{slug}\" panicked while it answered a request"
            ));
            let detail = format!("The module \"{slug}\" failed.");
            problem(
                StatusCode::INTERNAL_SERVER_ERROR,
                "MODULE_FAILED",
                "Internal error",
                &detail,
            )
        }
    }
}
