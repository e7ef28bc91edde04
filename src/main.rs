//! The door: builds the process value, runs, and turns the result into an exit code.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match landfall::process::Process::from_os() {
        Ok(process) => landfall::run(&process).into(),
        Err(error) => landfall::cannot_start(&error).into(),
    }
}
