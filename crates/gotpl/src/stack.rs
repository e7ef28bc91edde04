//! A thread with a large stack: templates nest deeper than an ordinary stack allows.

use std::cell::Cell;
use std::io;
use std::panic::resume_unwind;
use std::thread;

use crate::limits::{MAX_TEMPLATE_DEPTH, SMALL_STACK_TEMPLATE_DEPTH, STACK_BYTES};

thread_local! {
    static TEMPLATE_DEPTH: Cell<usize> = const { Cell::new(SMALL_STACK_TEMPLATE_DEPTH) };
}

/// How deep templates may call one another on this thread.
pub(crate) fn template_depth() -> usize {
    TEMPLATE_DEPTH.get()
}

/// Runs `work` on a thread whose stack allows [`MAX_TEMPLATE_DEPTH`] nested templates.
///
/// Elsewhere templates may nest only [`SMALL_STACK_TEMPLATE_DEPTH`] deep.
///
/// # Errors
/// If the thread cannot be started. A panic of `work` goes on in the caller.
pub fn run_with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let handle = thread::Builder::new()
            .name("templates".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || {
                TEMPLATE_DEPTH.set(MAX_TEMPLATE_DEPTH);
                work()
            })?;
        Ok(handle.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
