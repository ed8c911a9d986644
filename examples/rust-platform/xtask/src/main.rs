//! `cargo xtask validate-manifest`, `list-modules`, `generate-registry`: runs `modyard` with these words and what follows
//! them, in the workspace's root. The variable MODYARD names another command, such as `npx modyard`.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, ExitCode};

const TASKS: [&str; 3] = ["validate-manifest", "list-modules", "generate-registry"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first() {
        Some(task) if TASKS.contains(&task.as_str()) => run(&arguments),
        _ => fail(
            2,
            &format!("usage: cargo xtask {} [OPTION…]", TASKS.join(" | ")),
        ),
    }
}

fn run(arguments: &[String]) -> ExitCode {
    let command = std::env::var("MODYARD")
        .ok()
        .filter(|command| !command.trim().is_empty());
    let command = command.unwrap_or_else(|| "modyard".to_owned());
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or("modyard");
    let outcome = Command::new(program)
        .args(words)
        .args(arguments)
        .current_dir(workspace())
        .status();
    match outcome {
        Ok(status) => ExitCode::from(exit_code(status.code())),
        Err(error) if error.kind() == ErrorKind::NotFound => fail(127, &missing(program)),
        Err(error) => fail(126, &format!("{program} cannot be run: {error}")),
    }
}

/// A program that a signal ended has none.
fn exit_code(code: Option<i32>) -> u8 {
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

fn missing(program: &str) -> String {
    format!(
        "there is no program `{program}`. Install it with `npm install --global @modyard/control-plane`, or name the command in MODYARD."
    )
}

fn workspace() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

fn fail(code: u8, line: &str) -> ExitCode {
    eprintln!("{line}");
    ExitCode::from(code)
}
