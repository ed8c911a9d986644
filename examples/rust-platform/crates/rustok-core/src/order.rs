use std::collections::{BTreeMap, BTreeSet};

use crate::{RegistryError, SharedModule};

type BySlug = BTreeMap<&'static str, SharedModule>;

/// See [`ModuleRegistry::ordered`](crate::ModuleRegistry::ordered).
pub(crate) fn order_modules(modules: &BySlug) -> Result<Vec<SharedModule>, RegistryError> {
    refuse_missing(modules)?;
    let mut ordered: Vec<SharedModule> = Vec::with_capacity(modules.len());
    let mut placed = BTreeSet::new();
    while ordered.len() < modules.len() {
        let mut waiting = modules
            .values()
            .filter(|each| !placed.contains(each.slug()));
        let Some(next) =
            waiting.find(|each| each.dependencies().iter().all(|slug| placed.contains(slug)))
        else {
            return Err(RegistryError::DependencyCycle(find_cycle(modules, &placed)));
        };
        placed.insert(next.slug());
        ordered.push(next.clone());
    }
    Ok(ordered)
}

fn refuse_missing(modules: &BySlug) -> Result<(), RegistryError> {
    let mut missing = Vec::new();
    for module in modules.values() {
        for slug in module.dependencies() {
            if !modules.contains_key(slug) {
                missing.push((module.slug().to_owned(), (*slug).to_owned()));
            }
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(RegistryError::DependencyMissing(missing))
    }
}

/// Every module that is not placed waits for another one, so a walk along waiting dependencies must meet itself.
fn find_cycle(modules: &BySlug, placed: &BTreeSet<&'static str>) -> Vec<String> {
    let waits_for = |slug: &str| {
        let needed = modules[slug].dependencies().iter().copied();
        needed.into_iter().find(|other| !placed.contains(other))
    };
    let mut path: Vec<&'static str> = Vec::new();
    let mut at = modules.keys().copied().find(|slug| !placed.contains(slug));
    while let Some(slug) = at {
        if let Some(from) = path.iter().position(|earlier| *earlier == slug) {
            return from_smallest(&path[from..]);
        }
        path.push(slug);
        at = waits_for(slug);
    }
    Vec::new()
}

fn from_smallest(cycle: &[&'static str]) -> Vec<String> {
    let smallest = cycle
        .iter()
        .enumerate()
        .min_by_key(|(_, slug)| **slug)
        .map_or(0, |(index, _)| index);
    let around = cycle.iter().cycle().skip(smallest).take(cycle.len() + 1);
    around.map(|slug| (*slug).to_owned()).collect()
}
