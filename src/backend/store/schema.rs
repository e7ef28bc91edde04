//! The tables of `state.db`, and what each format added.

use rusqlite::{Connection, TransactionBehavior};

/// Marks the file as landfall's (`PRAGMA application_id`): "LFLD".
const APPLICATION_ID: i64 = 0x4c46_4c44;

/// The newest format that this version knows, as `PRAGMA user_version`: one step of [`STEPS`] each.
pub(super) const NEWEST: i64 = STEPS.len() as i64;

/// The steps from an empty file to the newest format. A step that was released is never changed.
///
/// `runs.id` and `task_runs.id` count records in the order in which they came; ages and clocks play no part.
/// `events` holds one row per run: a newer event of a run takes the place of the older one, with a higher number.
const STEPS: &[&str] = &["
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        activity TEXT NOT NULL,
        pipeline TEXT NOT NULL,
        build TEXT NOT NULL,
        uid TEXT,
        object TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_activity ON runs (activity);
    CREATE TABLE task_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL,
        name TEXT NOT NULL,
        uid TEXT,
        object TEXT NOT NULL,
        UNIQUE (run, name)
    ) STRICT;
    CREATE TABLE promotions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL,
        environment TEXT NOT NULL,
        step TEXT NOT NULL,
        UNIQUE (run, environment)
    ) STRICT;
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL UNIQUE,
        activity TEXT NOT NULL,
        deleted INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE builds (
        pipeline TEXT PRIMARY KEY,
        last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
"];

/// What an opened file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Nothing was ever written to it.
    Empty,
    /// Ours, and this many steps old.
    Ours(i64),
    /// A database of another program.
    Foreign,
}

/// Reads what the file is.
pub(super) fn format(connection: &Connection) -> rusqlite::Result<Format> {
    let number = |pragma: &str| {
        connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0))
    };
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(match (number("application_id")?, number("user_version")?) {
        (APPLICATION_ID, version) => Format::Ours(version),
        (0, 0) if tables == 0 => Format::Empty,
        _ => Format::Foreign,
    })
}

/// Brings an empty or older file to the newest format, in one transaction; others may try the same at once.
pub(super) fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = match format(&transaction)? {
        Format::Empty => 0,
        Format::Ours(version) => version,
        // Somebody else's tables appeared since the first look.
        Format::Foreign => return Ok(()),
    };
    for step in STEPS
        .iter()
        .skip(usize::try_from(version).unwrap_or(usize::MAX))
    {
        transaction.execute_batch(step)?;
    }
    if version < NEWEST {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", NEWEST)?;
    }
    transaction.commit()
}
