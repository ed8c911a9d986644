//! What the server and its modules share.
//!
//! A module is a type that implements [`RusToKModule`] and has a function `new()`; the generated file of the server
//! registers it with the [`ModuleRegistry`]. Modules use the `axum` and `serde_json` of this crate, so that all of them
//! talk to one version.

pub mod answers;
pub mod health;
pub mod html;
pub mod identity;
pub mod lifecycle;
mod module;
mod order;
mod registry;
pub mod testing;
mod thrown;

pub use axum;
pub use module::{Health, ModuleKind, ModuleResult, RusToKModule};
pub use registry::{ModuleRegistry, RegistryError, SharedModule};
pub use serde_json;
