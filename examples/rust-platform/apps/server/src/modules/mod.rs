//! The only place where modules and server meet.

mod generated;

pub use generated::{DEFAULT_ENABLED, register_modules};
