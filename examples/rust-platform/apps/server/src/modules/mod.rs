//! The only place where modules and server meet.

// The generator decides how its file looks, not rustfmt.
#[rustfmt::skip]
mod generated;

pub use generated::{DEFAULT_ENABLED, register_modules};
