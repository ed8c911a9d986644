use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::RusToKModule;
use crate::order::order_modules;

/// A module as the server passes it on.
pub type SharedModule = Arc<dyn RusToKModule>;

/// The modules of this build. The generated file registers them, in any order; the server asks for them in the order in
/// which they start.
#[derive(Default)]
pub struct ModuleRegistry {
    modules: BTreeMap<&'static str, SharedModule>,
    refused: Vec<RegistryError>,
}

/// Why the modules of a build do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistryError {
    /// The slug is not of the form `[a-z][a-z0-9_-]*`.
    SlugInvalid(String),
    /// Two modules have one slug; each as `"name" version`.
    Duplicate {
        slug: String,
        earlier: String,
        later: String,
    },
    /// Modules that need one that is not in this build, as (module, dependency).
    DependencyMissing(Vec<(String, String)>),
    /// Modules that need each other in a circle, the first one again at the end.
    DependencyCycle(Vec<String>),
}

impl ModuleRegistry {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a module in. What is wrong with it is told by [`ordered`](Self::ordered): the generated file has nobody to
    /// tell it to.
    pub fn register(&mut self, module: Box<dyn RusToKModule>) -> &mut Self {
        let slug = module.slug();
        if !is_slug(slug) {
            self.refused
                .push(RegistryError::SlugInvalid(slug.to_owned()));
        } else if let Some(earlier) = self.modules.get(slug) {
            self.refused.push(RegistryError::Duplicate {
                slug: slug.to_owned(),
                earlier: full_name(earlier.as_ref()),
                later: full_name(module.as_ref()),
            });
        } else {
            self.modules.insert(slug, module.into());
        }
        self
    }

    /// Every module, dependencies first; among those that could come next, the smallest slug. So one set of modules has
    /// one order, however it was registered.
    pub fn ordered(&self) -> Result<Vec<SharedModule>, RegistryError> {
        match self.refused.first() {
            Some(error) => Err(error.clone()),
            None => order_modules(&self.modules),
        }
    }
}

fn is_slug(text: &str) -> bool {
    let rest = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(rest)
}

fn full_name(module: &dyn RusToKModule) -> String {
    format!("\"{}\" {}", module.name(), module.version())
}

impl fmt::Display for RegistryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SlugInvalid(slug) => write!(
                out,
                "module \"{slug}\" is not well defined: its slug is not of the form [a-z][a-z0-9_-]*"
            ),
            Self::Duplicate {
                slug,
                earlier,
                later,
            } => {
                write!(
                    out,
                    "two modules have the slug \"{slug}\": {earlier} and {later}"
                )
            }
            Self::DependencyMissing(missing) => {
                let told: Vec<String> = missing
                    .iter()
                    .map(|(module, slug)| {
                        format!("module \"{module}\" needs \"{slug}\", which is not in this build")
                    })
                    .collect();
                out.write_str(&told.join("; "))
            }
            Self::DependencyCycle(slugs) => {
                write!(
                    out,
                    "modules need each other in a circle: {}",
                    slugs.join(" -> ")
                )
            }
        }
    }
}

impl std::error::Error for RegistryError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestModule;

    fn registry(modules: &[(&'static str, &'static [&'static str])]) -> ModuleRegistry {
        let mut registry = ModuleRegistry::new();
        for (slug, dependencies) in modules {
            registry.register(Box::new(TestModule::new(slug).needs(dependencies)));
        }
        registry
    }

    fn told(modules: &[(&'static str, &'static [&'static str])]) -> String {
        match registry(modules).ordered() {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn orders_dependencies_first_and_then_by_slug() {
        let registry = registry(&[
            ("z", &[]),
            ("blog", &["content"]),
            ("content", &["z"]),
            ("a", &[]),
        ]);
        let slugs: Vec<_> = registry
            .ordered()
            .unwrap()
            .iter()
            .map(|module| module.slug())
            .collect();
        assert_eq!(slugs, ["a", "z", "content", "blog"]);
    }

    #[test]
    fn tells_duplicates() {
        assert_eq!(
            told(&[("a", &[]), ("a", &[])]),
            "two modules have the slug \"a\": \"Test a\" 1.0.0 and \"Test a\" 1.0.0"
        );
    }

    #[test]
    fn tells_every_missing_dependency() {
        assert_eq!(
            told(&[("b", &["x"]), ("a", &["y", "b"])]),
            "module \"a\" needs \"y\", which is not in this build; module \"b\" needs \"x\", which is not in this build"
        );
    }

    #[test]
    fn tells_a_circle_from_its_smallest_slug() {
        assert_eq!(
            told(&[("c", &["a"]), ("a", &["b"]), ("b", &["c"]), ("d", &["a"])]),
            "modules need each other in a circle: a -> b -> c -> a"
        );
    }

    #[test]
    fn refuses_what_is_no_slug() {
        for slug in ["", "A", "1a", "a b", "a/b", "-a"] {
            assert!(
                told(&[(slug, &[])]).contains("is not of the form"),
                "{slug}"
            );
        }
    }
}
