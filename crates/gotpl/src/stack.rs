//! A thread with a large stack: templates nest deeper than an ordinary stack allows.

use std::cell::Cell;
use std::hint::black_box;
use std::io;
use std::panic::resume_unwind;
use std::thread;

use crate::limits::{
    MAX_TEMPLATE_DEPTH, SMALL_STACK_BYTES, SMALL_STACK_TEMPLATE_DEPTH, STACK_BYTES,
    STACK_RESERVE_BYTES,
};

thread_local! {
    static TEMPLATE_DEPTH: Cell<usize> = const { Cell::new(SMALL_STACK_TEMPLATE_DEPTH) };
    static STACK_FLOOR: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How deep templates may call one another on this thread.
pub(crate) fn template_depth() -> usize {
    TEMPLATE_DEPTH.get()
}

/// About where the top of the stack is. Stacks grow downwards on all machines we build for.
#[inline]
pub(crate) fn top() -> usize {
    let marker = 0_u8;
    std::ptr::from_ref(black_box(&marker)).addr()
}

/// The address below which an execution that begins here must not take the stack.
pub(crate) fn floor() -> usize {
    STACK_FLOOR
        .get()
        .unwrap_or_else(|| top().saturating_sub(SMALL_STACK_BYTES))
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
                STACK_FLOOR.set(Some(
                    top().saturating_sub(STACK_BYTES - STACK_RESERVE_BYTES),
                ));
                work()
            })?;
        Ok(handle.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
