//! Which build and release this process runs.

/// `None` where nobody said, as in development.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub build_id: Option<String>,
    pub release_id: Option<String>,
}

impl Identity {
    /// Reads `MODYARD_BUILD_ID` and `MODYARD_RELEASE_ID`; empty counts as absent.
    pub fn from_env() -> Self {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            build_id: read("MODYARD_BUILD_ID"),
            release_id: read("MODYARD_RELEASE_ID"),
        }
    }
}
