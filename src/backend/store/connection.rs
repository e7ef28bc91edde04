//! The one connection of a process to `state.db`: opened on first use, checked, shared between threads.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::schema::{self, Format};
use crate::files;
use crate::ports::activities::StoreError;

/// How long a call waits for other processes. Writes take milliseconds, so this is a disk or a machine in trouble.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// A database file that may not be there yet.
pub(super) struct Database {
    path: PathBuf,
    connection: Mutex<Option<Connection>>,
}

impl fmt::Debug for Database {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Database").field(&self.path).finish()
    }
}

/// What work inside a transaction fails with.
pub(super) enum Problem {
    /// The library or the file.
    Sql(rusqlite::Error),
    /// The caller's request.
    Store(StoreError),
    /// A row that holds no JSON of ours.
    Json(serde_json::Error),
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl Database {
    /// Names the file; does nothing else.
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            connection: Mutex::new(None),
        }
    }

    /// Runs `work` on one consistent state of the file. A file that nothing was written to reads as the default.
    pub(super) fn read<T: Default>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, StoreError> {
        self.with(false, TransactionBehavior::Deferred, work)
    }

    /// Runs `work` alone among all processes, and keeps what it wrote if it succeeds. Makes the file if need be.
    pub(super) fn write<T: Default>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, StoreError> {
        self.with(true, TransactionBehavior::Immediate, work)
    }

    fn with<T: Default>(
        &self,
        create: bool,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>,
    ) -> Result<T, StoreError> {
        let doing = if create { "write" } else { "read" };
        let fail = |problem| self.explain(doing, problem);
        let mut guard = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if guard.is_none() {
            *guard = self.open(create)?;
        }
        let Some(connection) = guard.as_mut() else {
            return Ok(T::default());
        };
        let transaction = connection
            .transaction_with_behavior(behavior)
            .map_err(|error| fail(error.into()))?;
        let result = work(&transaction).map_err(fail)?;
        transaction.commit().map_err(|error| fail(error.into()))?;
        Ok(result)
    }

    /// Opens the file. `None`: nobody has written anything yet, and nothing was made.
    fn open(&self, create: bool) -> Result<Option<Connection>, StoreError> {
        let doing = if create { "write" } else { "read" };
        if create {
            if let Some(folder) = self.path.parent() {
                files::create_dir_all(folder).map_err(|error| StoreError::Failed {
                    doing,
                    path: self.path.clone(),
                    source: error.into(),
                })?;
            }
        } else if !self.path.exists() {
            return Ok(None);
        }
        let connection = open_checked(&self.path, create);
        match connection.map_err(|error| self.explain(doing, error.into()))? {
            Opened::Ready(connection) => Ok(Some(connection)),
            Opened::Empty => Ok(None),
            Opened::Foreign => Err(StoreError::Foreign {
                path: self.path.clone(),
            }),
            Opened::Newer(found) => Err(StoreError::Newer {
                path: self.path.clone(),
                found,
                known: schema::NEWEST,
            }),
        }
    }

    /// Says in the port's words what went wrong.
    fn explain(&self, doing: &'static str, problem: Problem) -> StoreError {
        let path = self.path.clone();
        let error = match problem {
            Problem::Store(error) => return error,
            Problem::Json(error) => {
                return StoreError::Damaged {
                    path,
                    source: error.into(),
                };
            }
            Problem::Sql(error) => error,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy { doing, path }
            }
            // The last two: a value of another type than the schema's, or a table that is not there.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown)
            | None => StoreError::Damaged {
                path,
                source: error.into(),
            },
            Some(_) => StoreError::Failed {
                doing,
                path,
                source: error.into(),
            },
        }
    }
}

enum Opened {
    Ready(Connection),
    Empty,
    Foreign,
    Newer(i64),
}

fn open_checked(path: &Path, create: bool) -> rusqlite::Result<Opened> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // All of it at one moment: another process may just be making the file.
    let format = {
        let moment = connection.unchecked_transaction()?;
        schema::format(&moment)?
    };
    match format {
        Format::Foreign => return Ok(Opened::Foreign),
        Format::Ours(version) if version > schema::NEWEST => return Ok(Opened::Newer(version)),
        Format::Empty if !create => return Ok(Opened::Empty),
        Format::Ours(version) if version == schema::NEWEST => {}
        Format::Empty | Format::Ours(_) => {
            use_write_ahead_log(&connection)?;
            schema::upgrade(&mut connection)?;
        }
    }
    // With the write-ahead log NORMAL loses nothing when a process is killed; a power cut may take the last
    // few records but never damages the file.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(Opened::Ready(connection))
}

/// Switches to the write-ahead log: readers and one writer go on side by side. The file remembers it.
///
/// Here SQLite answers "busy" at once, without the timeout, when two processes switch at the same time.
fn use_write_ahead_log(connection: &Connection) -> rusqlite::Result<()> {
    let deadline = Instant::now() + BUSY_TIMEOUT;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < deadline =>
            {
                std::thread::sleep(Duration::from_millis(2));
            }
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Database;

    #[test]
    fn a_reader_meets_a_file_that_is_just_being_made() {
        for _ in 0..100 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("state.db");
            let other = Database::new(path.clone());
            let maker = std::thread::spawn(move || other.write(|_| Ok(())).map(|()| other));
            while !maker.is_finished() {
                let read = Database::new(path.clone()).read(|_| Ok(()));
                assert!(read.is_ok(), "{read:?}");
            }
            assert!(maker.join().unwrap().is_ok());
        }
    }
}
