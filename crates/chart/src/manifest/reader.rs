//! Reads documents while the templates still run: most of the time that a large chart takes goes into reading.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

use super::head::Head;
use super::split::split;
use crate::Error;
use crate::decode::Decoded;

/// From how many bytes on other threads help: below, a thread costs more than it saves.
const MANY_BYTES: usize = 64 << 10;

/// How many bytes of documents a thread takes at once, and from how many on another is woken for them.
const BATCH_BYTES: usize = 16 << 10;

/// A document of a rendered file.
#[derive(Debug)]
pub(crate) struct Document {
    /// The template that wrote it.
    pub(crate) path: String,
    /// The line of the template's output in which it begins, counted from 0.
    pub(crate) line: usize,
    pub(crate) text: Vec<u8>,
    /// What it says about itself, or why it cannot be read.
    pub(crate) head: Decoded<Head>,
}

/// Takes a rendered file: its path and its text.
pub(crate) type Sink<'s> = &'s (dyn Fn(&str, &[u8]) + Sync);

/// Gives `render` a place for each file as soon as it is rendered, and reads the documents meanwhile, on all cores.
/// Returns them in the order of their paths.
///
/// # Errors
/// Those of `render`. What is wrong with a document is in its [`Document::head`].
pub(crate) fn read_while<T>(
    render: impl FnOnce(Sink<'_>) -> Result<T, Error>,
) -> Result<(T, Vec<Document>), Error> {
    let queue = Queue::default();
    let (rendered, mut read) = thread::scope(|scope| {
        let helpers = Mutex::new(Vec::new());
        let started = Once::new();
        let rendered = {
            let _closed_at_last = Closing(&queue);
            let rendered = render(&|path, text| {
                if queue.push(path, text) > MANY_BYTES {
                    started.call_once(|| *lock(&helpers) = start(&queue, scope));
                }
            });
            if rendered.is_err() {
                lock(&queue.state).waiting.clear();
            }
            rendered?
        };
        let mut read = queue.work();
        for helper in lock(&helpers).drain(..) {
            read.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        Ok::<_, Error>((rendered, read))
    })?;
    read.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok((rendered, read))
}

/// Starts a thread for every core but the one that renders, which reads too when it is done with that.
fn start<'scope>(
    queue: &'scope Queue,
    scope: &'scope Scope<'scope, '_>,
) -> Vec<ScopedJoinHandle<'scope, Vec<Document>>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    (1..cores).map(|_| scope.spawn(|| queue.work())).collect()
}

/// Documents that nobody has read yet.
#[derive(Debug, Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Unread>,
    /// The bytes of these.
    waiting_bytes: usize,
    /// The bytes of all that was pushed.
    bytes: usize,
    closed: bool,
}

#[derive(Debug)]
struct Unread {
    path: String,
    line: usize,
    text: Vec<u8>,
}

impl Queue {
    /// Adds the documents of a file; returns how many bytes were added so far.
    fn push(&self, path: &str, text: &[u8]) -> usize {
        let mut unread = Vec::new();
        let (mut counted, mut line) = (0, 0);
        for document in split(text) {
            let start = document.as_ptr() as usize - text.as_ptr() as usize;
            line += memchr::memchr_iter(b'\n', &text[counted..start]).count();
            counted = start;
            unread.push(Unread {
                path: path.to_owned(),
                line,
                text: document.to_vec(),
            });
        }
        let mut state = lock(&self.state);
        state.bytes += text.len();
        state.waiting_bytes += unread.iter().map(|one| one.text.len()).sum::<usize>();
        state.waiting.extend(unread);
        if state.waiting_bytes >= BATCH_BYTES {
            self.changed.notify_one();
        }
        state.bytes
    }

    /// Reads documents until the queue is closed and empty.
    fn work(&self) -> Vec<Document> {
        let mut read = Vec::new();
        while let Some(batch) = self.next() {
            read.extend(batch.into_iter().map(Unread::read));
        }
        read
    }

    fn next(&self) -> Option<Vec<Unread>> {
        let mut state = lock(&self.state);
        while state.waiting_bytes < BATCH_BYTES && !state.closed {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let mut bytes = 0;
        let mut batch = Vec::new();
        while bytes < BATCH_BYTES
            && let Some(unread) = state.waiting.pop_front()
        {
            bytes += unread.text.len();
            batch.push(unread);
        }
        state.waiting_bytes = state.waiting_bytes.saturating_sub(bytes);
        (!batch.is_empty()).then_some(batch)
    }
}

impl Unread {
    fn read(self) -> Document {
        Document {
            head: Head::read(&self.text),
            path: self.path,
            line: self.line,
            text: self.text,
        }
    }
}

/// Closes a queue also when rendering panics: the helpers would wait for ever.
struct Closing<'q>(&'q Queue);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).closed = true;
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enough files that helpers start, from the end of the alphabet as Helm renders them.
    fn push_many(read: Sink<'_>) {
        for number in (0..200).rev() {
            let filler = format!("# {}\n", "x".repeat(98)).repeat(10);
            let broken = if number == 77 { "a: [" } else { "" };
            let text = format!("{filler}kind: A{number}\n{broken}\n---\nkind: B{number}\n");
            read(&format!("{number:03}"), text.as_bytes());
        }
    }

    #[test]
    fn documents_come_in_order_whoever_reads_them() {
        let ((), documents) = read_while(|read| {
            push_many(read);
            Ok(())
        })
        .unwrap();
        assert_eq!(documents.len(), 400);
        for (index, document) in documents.iter().enumerate() {
            let (number, second) = (index / 2, index % 2);
            assert_eq!(document.path, format!("{number:03}"));
            assert_eq!(document.line, [0, 13][second]);
            let kind = document.head.as_ref().map(|head| head.kind.as_str());
            match (number, second) {
                (77, 0) => assert!(kind.is_err()),
                _ => assert_eq!(kind, Ok(format!("{}{number}", ["A", "B"][second]).as_str())),
            }
        }
    }

    #[test]
    fn a_template_that_fails_ends_the_reading() {
        let failed = read_while(|read| {
            push_many(read);
            Err::<(), _>(Error::other("no"))
        });
        assert_eq!(failed.unwrap_err().to_string(), "no");
    }

    #[test]
    #[should_panic(expected = "template")]
    fn a_panic_ends_the_reading_too() {
        let _ = read_while(|read| -> Result<(), Error> {
            push_many(read);
            panic!("template");
        });
    }
}
