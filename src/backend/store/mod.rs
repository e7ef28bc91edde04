//! What is kept below `LANDFALL_HOME`: the record of runs in SQLite, and the logs of steps as files.
//!
//! The only user of rusqlite.

mod connection;
mod logs;
mod runs;
mod schema;

pub use logs::LogFiles;
pub use runs::SqliteActivities;
