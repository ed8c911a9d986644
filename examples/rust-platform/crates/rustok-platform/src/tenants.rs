use std::collections::BTreeSet;

use axum::http::HeaderMap;
use rustok_core::{ModuleKind, SharedModule};

/// The tenant of requests that name none: the platform's own.
pub const DEFAULT_TENANT: &str = "default";

/// Reads the header `x-tenant`. A real platform would look at the host name or at who is signed in.
pub fn tenant_of(headers: &HeaderMap) -> &str {
    let named = headers
        .get("x-tenant")
        .and_then(|value| value.to_str().ok());
    named
        .filter(|name| !name.is_empty())
        .unwrap_or(DEFAULT_TENANT)
}

/// Which modules a tenant has. A real platform keeps each tenant's own choice in its database.
pub struct Tenants {
    /// What a new tenant starts with.
    defaults: BTreeSet<&'static str>,
}

impl Tenants {
    /// Modules in dependency order. The defaults are closed over dependencies; core modules are always on.
    pub fn new(modules: &[SharedModule], default_enabled: &[&str]) -> Self {
        let mut defaults = BTreeSet::new();
        for module in modules.iter().rev() {
            let slug = module.slug();
            if module.kind() == ModuleKind::Core
                || default_enabled.contains(&slug)
                || defaults.contains(slug)
            {
                defaults.insert(slug);
                defaults.extend(module.dependencies());
            }
        }
        Self { defaults }
    }

    /// The platform's own tenant has everything that is installed.
    pub fn is_enabled(&self, tenant: &str, slug: &str) -> bool {
        tenant == DEFAULT_TENANT || self.defaults.contains(slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustok_core::ModuleRegistry;
    use rustok_core::testing::TestModule;

    #[test]
    fn a_tenant_starts_with_the_defaults_and_what_they_need() {
        let mut registry = ModuleRegistry::new();
        registry.register(Box::new(TestModule::new("content")));
        registry.register(Box::new(TestModule::new("blog").needs(&["content"])));
        registry.register(Box::new(TestModule::new("forum").needs(&["content"])));
        let tenants = Tenants::new(&registry.ordered().unwrap(), &["blog"]);
        let enabled =
            |tenant| ["blog", "content", "forum"].map(|slug| tenants.is_enabled(tenant, slug));
        assert_eq!(enabled("acme"), [true, true, false]);
        assert_eq!(enabled(DEFAULT_TENANT), [true, true, true]);
    }
}
