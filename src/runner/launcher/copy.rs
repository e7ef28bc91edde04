//! Copies the streams of a step into its log.

use std::fs::File;
use std::io::{self, PipeReader, Read as _, Write as _};

use rustix::event::{PollFd, PollFlags, poll};

use super::mask::Masker;

/// How much is read at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// One stream.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) from: PipeReader,
    /// A file that the step itself wants: it gets everything as it is.
    pub(super) file: Option<File>,
    /// What keeps secrets out of the log.
    pub(super) masker: Masker,
}

/// Copies streams to their ends. One thread for all of them: what is written to one after the other comes into the log
/// in that order, unless it is written too fast to tell.
pub(super) fn copy(mut streams: Vec<Stream>, mut log: File) {
    let mut buffer = vec![0; BUFFER_BYTES];
    while !streams.is_empty() {
        let mut waiting: Vec<_> = streams
            .iter()
            .map(|stream| PollFd::new(&stream.from, PollFlags::IN))
            .collect();
        match poll(&mut waiting, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(_) => {}
        }
        let mut is_ready = waiting
            .iter()
            .map(|waiting| !waiting.revents().is_empty())
            .collect::<Vec<_>>()
            .into_iter();
        streams.retain_mut(|stream| {
            !is_ready.next().unwrap_or(false) || stream.copy_some(&mut buffer, &mut log)
        });
    }
}

impl Stream {
    /// Copies what is there; false at the end, or when nothing can be written any more.
    fn copy_some(&mut self, buffer: &mut [u8], log: &mut File) -> bool {
        match self.from.read(buffer) {
            Ok(0) => {
                let _ = log.write_all(&self.masker.finish());
                false
            }
            Ok(length) => {
                let bytes = &buffer[..length];
                let in_file = self
                    .file
                    .as_mut()
                    .map_or(Ok(()), |file| file.write_all(bytes));
                in_file
                    .and_then(|()| log.write_all(&self.masker.push(bytes)))
                    .is_ok()
            }
            Err(error) => error.kind() == io::ErrorKind::Interrupted,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn both_streams_come_to_their_ends_masked_in_the_log_and_whole_in_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let [log, file] = ["log", "file"].map(|name| folder.path().join(name));
        let (out, mut out_writer) = io::pipe().expect("a pipe");
        let (err, mut err_writer) = io::pipe().expect("a pipe");
        let stream = |from, file| Stream {
            from,
            file,
            masker: Masker::new(&["hunter2".to_owned()]),
        };
        let streams = vec![
            stream(out, Some(File::create(&file).expect("a file"))),
            stream(err, None),
        ];
        let to = File::create(&log).expect("a log");
        let copier = std::thread::spawn(move || copy(streams, to));
        out_writer.write_all(b"pw=hun").expect("written");
        err_writer.write_all(b"pw=hunter2\n").expect("written");
        drop(err_writer);
        out_writer.write_all(b"ter2\n").expect("written");
        drop(out_writer);
        copier.join().expect("copied");
        assert_eq!(fs::read_to_string(file).expect("read"), "pw=hunter2\n");
        let logged = fs::read_to_string(log).expect("read");
        assert!(!logged.contains("hunter2"), "{logged}");
        assert_eq!(logged.matches("***").count(), 2, "{logged}");
    }
}
