//! Starts the modules of this build one after the other, serves them, and ends without cutting anyone off.

use std::io::Write;

mod drain;
mod front_page;
mod guard;
mod modules;
mod platform;
mod serve;
mod settings;
mod signals;
mod tenants;

fn main() {
    let code = match serve::run() {
        Ok(code) => code,
        Err(line) => {
            report(&line);
            1
        }
    };
    // Not by returning: that would wait for the threads of modules that hang.
    std::process::exit(code)
}

/// Tells the operator one line. Nobody may be listening: that is no reason to end.
fn report(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
