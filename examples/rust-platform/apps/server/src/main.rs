//! The program: the modules of this build, and the platform that runs them.

mod modules;

use rustok_platform::{Modules, run};

const MODULES: Modules = Modules {
    register: modules::register_modules,
    default_enabled: modules::DEFAULT_ENABLED,
};

fn main() {
    // Not by returning: that would wait for the threads of modules that hang.
    std::process::exit(run(&MODULES))
}

#[cfg(test)]
mod tests {
    use rustok_core::ModuleRegistry;

    use super::MODULES;

    #[test]
    fn the_modules_of_this_build_have_what_they_need() {
        let mut registry = ModuleRegistry::new();
        (MODULES.register)(&mut registry);
        let slugs: Vec<_> = registry
            .ordered()
            .unwrap()
            .iter()
            .map(|module| module.slug())
            .collect();
        assert!(
            MODULES
                .default_enabled
                .iter()
                .all(|slug| slugs.contains(slug)),
            "{slugs:?}"
        );
    }
}
