//! Output that goes on for long: redrawn in place on a terminal, and never in the way of Ctrl-C.

use std::io::{self, Write as _};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use unicode_width::UnicodeWidthChar;

use super::Ui;

/// The most that a pipe takes without blocking once it says that it is ready (`PIPE_BUF`, at least 512 by POSIX;
/// 4096 on Linux).
const CHUNK: usize = 512;

/// How long a blocked reader is left alone before it is looked at again.
const PATIENCE: Duration = Duration::from_millis(20);

/// What is assumed of a terminal that does not tell its size.
const FALLBACK: (usize, usize) = (80, 24);

/// A text that is drawn over itself. Leaves the last one standing.
#[derive(Debug, Default)]
pub struct Screen {
    lines: usize,
}

impl Screen {
    /// Draws `text` in place of the text before: the first line and as many of the last ones as fit.
    ///
    /// # Errors
    /// A closed stdout.
    pub async fn draw(&mut self, ui: &Ui, text: &str) -> io::Result<()> {
        let (width, height) = terminal_size();
        let lines = fit(text, width, height);
        let mut drawing = String::new();
        if self.lines > 0 {
            // Up to the first line of the last drawing, then clear to the end of the screen.
            drawing = format!("\u{1b}[{}A\r\u{1b}[J", self.lines);
        }
        for line in &lines {
            drawing += line;
            drawing.push('\n');
        }
        self.lines = lines.len();
        ui.answer_patiently(&drawing).await
    }
}

/// The lines that fit, each cut to the width: a longer one would wrap and the count of lines be wrong.
fn fit(text: &str, width: usize, height: usize) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let room = height.saturating_sub(1).max(1);
    let hidden = lines.len().saturating_sub(room);
    let mut shown = Vec::with_capacity(room);
    for (index, line) in lines.iter().enumerate() {
        if index == 0 && room > 1 || index >= hidden + usize::from(room > 1) || hidden == 0 {
            shown.push(cut(line, width));
        }
    }
    shown
}

/// Cuts a line to `width` cells; colour codes take no room and stay, so that the colour ends where it should.
fn cut(line: &str, width: usize) -> String {
    let mut text = String::with_capacity(line.len());
    let mut used = 0;
    let mut in_code = false;
    for letter in line.chars() {
        if in_code || letter == '\u{1b}' {
            text.push(letter);
            in_code = letter != 'm';
            continue;
        }
        used += letter.width().unwrap_or_default();
        if used <= width {
            text.push(letter);
        }
    }
    text
}

fn terminal_size() -> (usize, usize) {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
            (usize::from(size.ws_col), usize::from(size.ws_row))
        }
        _ => FALLBACK,
    }
}

impl Ui {
    /// Writes like [`Ui::answer`], but lets others work while the reader is slow: a full pipe or a stopped
    /// terminal would otherwise hold up the answer to Ctrl-C.
    ///
    /// # Errors
    /// A closed stdout.
    pub async fn answer_patiently(&self, text: &str) -> io::Result<()> {
        self.bytes_patiently(text.as_bytes()).await
    }

    /// Writes bytes that need not be text, as [`Ui::answer_patiently`].
    ///
    /// # Errors
    /// A closed stdout.
    pub async fn bytes_patiently(&self, bytes: &[u8]) -> io::Result<()> {
        for chunk in bytes.chunks(CHUNK) {
            while !self.takes_more() {
                tokio::time::sleep(PATIENCE).await;
            }
            let mut stdout = self.stdout();
            stdout.write_all(chunk)?;
            stdout.flush()?;
        }
        Ok(())
    }

    /// Whether the reader of the answer is gone for good.
    pub fn reader_is_gone(&self) -> bool {
        self.is_real() && stdout_state().contains(PollFlags::ERR)
    }

    fn takes_more(&self) -> bool {
        // An error, too, is better met by writing.
        !self.is_real() || !stdout_state().is_empty()
    }
}

fn stdout_state() -> PollFlags {
    let stdout = io::stdout();
    let mut descriptors = [PollFd::new(&stdout, PollFlags::OUT)];
    match poll(
        &mut descriptors,
        Some(&Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        }),
    ) {
        Ok(_) => descriptors[0].revents(),
        Err(_) => PollFlags::OUT,
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, fit};

    #[test]
    fn a_long_text_keeps_its_heading_and_its_end() {
        assert_eq!(fit("h\n1\n2\n3\n4\n", 9, 4), ["h", "3", "4"]);
        assert_eq!(fit("h\n1\n2\n", 9, 4), ["h", "1", "2"]);
        assert_eq!(fit("h\n1\n2\n", 9, 1), ["2"]);
        assert_eq!(fit("", 9, 4), [""; 0]);
    }

    #[test]
    fn lines_are_cut_by_cells_and_colours_are_closed() {
        assert_eq!(cut("abcdef", 3), "abc");
        assert_eq!(cut("日本語", 4), "日本");
        assert_eq!(cut("\u{1b}[32mabc\u{1b}[0m", 2), "\u{1b}[32mab\u{1b}[0m");
    }
}
