//! Everything of the server that is the same whichever modules are in the build.
//!
//! The server's own crate changes with every module that comes or goes, and is compiled again each time, tests included. So it
//! holds the registry and `main`, and what takes long to compile is here. [`run`] is an ordinary function, neither generic
//! nor `async`: all of it is compiled in this crate, not again where it is called.

use std::io::Write;

use rustok_core::ModuleRegistry;

mod drain;
mod front_page;
mod guard;
mod platform;
mod serve;
mod settings;
mod signals;
mod tenants;

/// The modules of a build, as the generated file has them.
pub struct Modules {
    /// Puts each of them into the registry.
    pub register: fn(&mut ModuleRegistry),
    /// Slugs of those that a new tenant starts with.
    pub default_enabled: &'static [&'static str],
}

/// Starts the modules one after the other, serves them, and ends without cutting anyone off; the process's exit code.
pub fn run(modules: &Modules) -> i32 {
    match serve::run(modules) {
        Ok(code) => code,
        Err(line) => {
            report(&line);
            1
        }
    }
}

/// Tells the operator one line. Nobody may be listening: that is no reason to end.
fn report(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
