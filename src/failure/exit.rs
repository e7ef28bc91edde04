//! The documented exit codes. The same table stands in docs/exit-codes.md, and a test compares them.

/// How the program ends, as a number that scripts can rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done, or already so.
    Done = 0,
    /// Failed.
    Failed = 1,
    /// Usage, or input needed and not allowed to ask.
    Usage = 2,
    /// No change; only with `--error-unchanged`.
    Unchanged = 3,
    /// Not logged in, or not allowed.
    Denied = 4,
    /// Not found.
    NotFound = 5,
    /// A conflict that needs a person (a merge conflict, a superseded promotion).
    Conflict = 6,
    /// Timed out while waiting; the work goes on.
    TimedOut = 7,
    /// Still pending (status reads with `--no-wait`).
    Pending = 8,
    /// The watched run failed.
    RunFailed = 10,
    /// The watched run was cancelled.
    RunCancelled = 11,
    /// A temporary failure outside, safe to retry.
    Temporary = 75,
    /// Hung up.
    HungUp = 129,
    /// Interrupted.
    Interrupted = 130,
    /// The reader of standard output went away.
    BrokenPipe = 141,
    /// Asked to end.
    Terminated = 143,
}

impl Exit {
    /// Every code, in the order of numbers.
    pub const ALL: [Self; 16] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::Unchanged,
        Self::Denied,
        Self::NotFound,
        Self::Conflict,
        Self::TimedOut,
        Self::Pending,
        Self::RunFailed,
        Self::RunCancelled,
        Self::Temporary,
        Self::HungUp,
        Self::Interrupted,
        Self::BrokenPipe,
        Self::Terminated,
    ];

    /// The number that the shell sees.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_page_lists_exactly_these_codes() {
        let page = include_str!("../../docs/exit-codes.md");
        let listed: Vec<u8> = page
            .lines()
            .filter_map(|line| {
                line.strip_prefix("| ")?
                    .split('|')
                    .next()?
                    .trim()
                    .parse()
                    .ok()
            })
            .collect();
        assert_eq!(listed, Exit::ALL.map(Exit::code));
    }
}
