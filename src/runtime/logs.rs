//! What apps print: one text file per instance, and the last lines in memory for messages.
//!
//! An app is never held up by its log. Lines go to one writing thread through a bounded queue; what does not fit is dropped and counted.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};

/// Lines of a log that a message shows.
pub(super) const TAIL_LINES: usize = 20;
/// A longer line is cut.
const LINE_LIMIT: usize = 16 << 10;
/// A larger file is moved aside, to one `.1` file.
const FILE_LIMIT: u64 = 8 << 20;
/// Lines that may wait for the disk, of all apps together.
const QUEUE: usize = 8192;

/// Writes the logs of all instances.
#[derive(Clone, Debug)]
pub(super) struct LogWriter {
    queue: SyncSender<Entry>,
}

#[derive(Debug)]
struct Entry {
    log: Arc<InstanceLog>,
    stream: &'static str,
    line: String,
    at: Timestamp,
}

/// The log of one instance.
#[derive(Debug)]
pub(super) struct InstanceLog {
    path: PathBuf,
    dropped: AtomicU64,
    tail: Mutex<VecDeque<String>>,
    file: Mutex<Option<(File, u64)>>,
}

impl LogWriter {
    /// Starts the writing thread; it ends with the last clone.
    pub(super) fn start() -> io::Result<Self> {
        let (queue, entries) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("logs".to_owned())
            .spawn(move || write_all(&entries))?;
        Ok(Self { queue })
    }

    /// Copies what `stream` prints until it ends.
    pub(super) async fn pump(
        self,
        log: Arc<InstanceLog>,
        name: &'static str,
        stream: impl AsyncRead + Unpin,
    ) {
        let mut stream = BufReader::with_capacity(LINE_LIMIT, stream);
        let mut line = Vec::new();
        while let Ok(part) = stream.fill_buf().await {
            if part.is_empty() {
                break;
            }
            let end = part.iter().position(|byte| *byte == b'\n');
            let room = LINE_LIMIT - line.len();
            let text = &part[..end.unwrap_or(part.len())];
            line.extend_from_slice(&text[..text.len().min(room)]);
            let used = end.map_or(part.len(), |end| end + 1);
            stream.consume(used);
            if end.is_some() || line.len() == LINE_LIMIT {
                self.entry(&log, name, &mut line);
            }
        }
        if !line.is_empty() {
            self.entry(&log, name, &mut line);
        }
    }

    fn entry(&self, log: &Arc<InstanceLog>, stream: &'static str, line: &mut Vec<u8>) {
        let text = String::from_utf8_lossy(line)
            .trim_end_matches('\r')
            .to_owned();
        line.clear();
        log.remember(&text);
        let entry = Entry {
            log: Arc::clone(log),
            stream,
            line: text,
            at: Timestamp::now(),
        };
        if self.queue.try_send(entry).is_err() {
            log.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl InstanceLog {
    /// A log that will be written to `path`; the file is made with the first line.
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            dropped: AtomicU64::new(0),
            tail: Mutex::default(),
            file: Mutex::new(None),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The last lines, oldest first.
    pub(super) fn tail(&self) -> Vec<String> {
        self.tail
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }

    fn remember(&self, line: &str) {
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        if tail.len() == TAIL_LINES {
            tail.pop_front();
        }
        tail.push_back(line.to_owned());
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut open, size) = match file.take() {
            Some(open) => open,
            None => open_log(&self.path)?,
        };
        open.write_all(text.as_bytes())?;
        let size = size + text.len() as u64;
        if size < FILE_LIMIT {
            *file = Some((open, size));
            return Ok(());
        }
        let mut aside = self.path.clone().into_os_string();
        aside.push(".1");
        fs::rename(&self.path, aside)
    }
}

fn open_log(path: &Path) -> io::Result<(File, u64)> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

/// Writes entries until the last writer is gone; a full disk loses lines, which are counted.
fn write_all(entries: &Receiver<Entry>) {
    for Entry {
        log,
        stream,
        line,
        at,
    } in entries
    {
        let dropped = log.dropped.swap(0, Ordering::Relaxed);
        let mut text = String::new();
        if dropped > 0 {
            text = format!("{at:.3} landfall {dropped} lines were dropped\n");
        }
        text.push_str(&format_line(at, stream, &line));
        if log.write(&text).is_err() {
            log.dropped.fetch_add(dropped + 1, Ordering::Relaxed);
        }
    }
}

fn format_line(at: Timestamp, stream: &str, line: &str) -> String {
    format!("{at:.3} {stream} {line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_kept_in_file_and_tail() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = Arc::new(InstanceLog::new(folder.path().join("a/b.log")));
        let writer = LogWriter::start().expect("a thread");
        let lines: Vec<String> = (0..30).map(|line| format!("line {line}")).collect();
        let text = lines.join(
            "
",
        ) + "
end";
        writer
            .clone()
            .pump(Arc::clone(&log), "stdout", text.as_bytes())
            .await;
        assert_eq!(log.tail().len(), TAIL_LINES);
        assert_eq!(log.tail().last().map(String::as_str), Some("end"));
        for _ in 0..100 {
            if fs::read_to_string(log.path()).is_ok_and(|text| text.lines().count() == 31) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let written = fs::read_to_string(log.path()).expect("a log");
        assert!(
            written
                .lines()
                .next()
                .is_some_and(|line| line.ends_with(" stdout line 0")),
            "{written}"
        );
    }

    #[tokio::test]
    async fn a_long_line_is_cut_and_nothing_is_lost() {
        let log = Arc::new(InstanceLog::new(PathBuf::from("/dev/null/none.log")));
        let writer = LogWriter::start().expect("a thread");
        let text = "x".repeat(LINE_LIMIT + 10) + "\nnext\n";
        writer
            .pump(Arc::clone(&log), "stdout", text.as_bytes())
            .await;
        let lengths: Vec<usize> = log.tail().iter().map(String::len).collect();
        assert_eq!(lengths, [LINE_LIMIT, 10, 4]);
    }

    #[test]
    fn a_large_file_is_moved_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = InstanceLog::new(folder.path().join("a.log"));
        log.write(&"x".repeat(FILE_LIMIT as usize))
            .expect("written");
        log.write("next\n").expect("written");
        assert_eq!(fs::read_to_string(log.path()).expect("a log"), "next\n");
        assert!(folder.path().join("a.log.1").is_file());
    }
}
