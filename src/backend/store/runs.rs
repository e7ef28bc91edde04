//! [`SqliteActivities`]: the record of runs in `state.db`.

use std::path::PathBuf;

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::Value;

use super::connection::{Database, Problem};
use crate::activity::{ORIGINAL_NAME, PromoteStep};
use crate::ports::activities::{
    ActivityStore, Change, ObjectKey, RunFilter, RunIndex, RunRecord, StoreError, StoreEvent,
    has_ended,
};

/// The record of runs in a SQLite file, shared by all processes of one `LANDFALL_HOME`.
#[derive(Debug)]
pub struct SqliteActivities {
    database: Database,
}

impl SqliteActivities {
    /// Names the file; it is opened by the first call that needs it and made by the first that writes.
    pub fn new(path: PathBuf) -> Self {
        Self {
            database: Database::new(path),
        }
    }
}

impl ActivityStore for SqliteActivities {
    fn record(&self, object: &Value) -> Result<Change, StoreError> {
        let key = ObjectKey::of(object)?;
        let text = object.to_string();
        let change = self.database.write(|transaction| {
            let known = known_object(transaction, &key)?;
            if let Some(known) = &known {
                if known.uid.is_some() && key.uid.is_some() && known.uid != key.uid {
                    return Err(StoreError::NameTaken {
                        name: key.name.clone(),
                    }
                    .into());
                }
                if known.object == text {
                    return Ok(Some(Change::Unchanged));
                }
                if !has_ended(object) && has_ended(&serde_json::from_str(&known.object)?) {
                    return Ok(Some(Change::Stale));
                }
            }
            write_object(transaction, &key, object, &text)?;
            let seq = append_event(transaction, &key.run, false)?;
            Ok(Some(match known {
                None => Change::Added(seq),
                Some(_) => Change::Modified(seq),
            }))
        })?;
        // The work always answers; the default of `write` is for reads of a missing file.
        Ok(change.unwrap_or(Change::Unchanged))
    }

    fn next_build(&self, pipeline: &str) -> Result<u64, StoreError> {
        self.database.write(|transaction| {
            let number: i64 = transaction.query_row(
                "INSERT INTO builds (pipeline, last) VALUES (?1, 1)
                 ON CONFLICT (pipeline) DO UPDATE SET last = last + 1 RETURNING last",
                [pipeline],
                |row| row.get(0),
            )?;
            Ok(number.unsigned_abs())
        })
    }

    fn record_promotion(&self, activity: &str, step: &PromoteStep) -> Result<(), StoreError> {
        self.database.write(|transaction| {
            let Some((_, record)) = find(transaction, activity)? else {
                return Err(StoreError::NotFound {
                    name: activity.to_owned(),
                }
                .into());
            };
            let known: Option<String> = transaction
                .query_row(
                    "SELECT step FROM promotions WHERE run = ?1 AND environment = ?2",
                    params![record.name, step.environment],
                    |row| row.get(0),
                )
                .optional()?;
            let merged = match known {
                Some(known) => {
                    let mut known: PromoteStep = serde_json::from_str(&known)?;
                    known.merge(step);
                    known
                }
                None => step.clone(),
            };
            transaction.execute(
                "INSERT INTO promotions (run, environment, step) VALUES (?1, ?2, ?3)
                 ON CONFLICT (run, environment) DO UPDATE SET step = excluded.step",
                params![
                    record.name,
                    step.environment,
                    serde_json::to_string(&merged)?
                ],
            )?;
            append_event(transaction, &record.name, false)?;
            Ok(())
        })
    }

    fn list(&self, filter: &RunFilter) -> Result<Vec<RunRecord>, StoreError> {
        self.database.read(|transaction| {
            let mut statement = transaction.prepare_cached(
                "SELECT name, activity, pipeline, build, object FROM runs
                 WHERE (?1 IS NULL OR instr(activity, ?1) > 0 OR instr(name, ?1) > 0
                        OR instr(pipeline, ?1) > 0
                        OR instr(json_extract(object, ?4), ?1) > 0)
                   AND (?2 IS NULL OR build = ?2)
                 ORDER BY id DESC LIMIT ?3",
            )?;
            let limit = filter
                .limit
                .map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
            let in_file = format!("$.metadata.annotations.\"{ORIGINAL_NAME}\"");
            let rows = statement
                .query_map(params![filter.text, filter.build, limit, in_file], read_run)?;
            let mut records = rows
                .map(|row| {
                    let (object, record) = row?;
                    complete(transaction, record, &object)
                })
                .collect::<Result<Vec<_>, Problem>>()?;
            records.reverse();
            Ok(records)
        })
    }

    fn get(&self, name: &str) -> Result<Option<RunRecord>, StoreError> {
        self.database.read(|transaction| {
            find(transaction, name)?
                .map(|(object, record)| complete(transaction, record, &object))
                .transpose()
        })
    }

    fn events_since(&self, seq: u64, limit: usize) -> Result<Vec<StoreEvent>, StoreError> {
        let to_sql = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.database.read(|transaction| {
            let mut statement = transaction.prepare_cached(
                "SELECT seq, run, activity, deleted FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            )?;
            let rows = statement.query_map(params![to_sql(seq), to_sql(limit as u64)], |row| {
                Ok(StoreEvent {
                    seq: row.get::<_, i64>(0)?.unsigned_abs(),
                    run: row.get(1)?,
                    activity: row.get(2)?,
                    deleted: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn latest_seq(&self) -> Result<u64, StoreError> {
        self.database.read(|transaction| {
            let seq: Option<i64> =
                transaction.query_row("SELECT max(seq) FROM events", [], |row| row.get(0))?;
            Ok(seq.unwrap_or_default().unsigned_abs())
        })
    }

    fn delete(&self, run: &str) -> Result<(), StoreError> {
        self.database.write(|transaction| {
            append_event(transaction, run, true)?;
            if transaction.execute("DELETE FROM runs WHERE name = ?1", [run])? == 0 {
                return Err(StoreError::NotFound {
                    name: run.to_owned(),
                }
                .into());
            }
            transaction.execute("DELETE FROM task_runs WHERE run = ?1", [run])?;
            transaction.execute("DELETE FROM promotions WHERE run = ?1", [run])?;
            Ok(())
        })
    }
}

/// An object as it is recorded now.
struct Known {
    uid: Option<String>,
    object: String,
}

fn known_object(transaction: &Transaction<'_>, key: &ObjectKey) -> rusqlite::Result<Option<Known>> {
    let read = |row: &Row<'_>| {
        Ok(Known {
            uid: row.get(0)?,
            object: row.get(1)?,
        })
    };
    if key.is_run() {
        transaction
            .prepare_cached("SELECT uid, object FROM runs WHERE name = ?1")?
            .query_row([&key.name], read)
            .optional()
    } else {
        transaction
            .prepare_cached("SELECT uid, object FROM task_runs WHERE run = ?1 AND name = ?2")?
            .query_row([&key.run, &key.name], read)
            .optional()
    }
}

fn write_object(
    transaction: &Transaction<'_>,
    key: &ObjectKey,
    object: &Value,
    text: &str,
) -> rusqlite::Result<()> {
    if key.is_run() {
        let index = RunIndex::of(object);
        transaction
            .prepare_cached(
                "INSERT INTO runs (name, activity, pipeline, build, uid, object)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (name) DO UPDATE SET activity = excluded.activity,
                     pipeline = excluded.pipeline, build = excluded.build,
                     uid = excluded.uid, object = excluded.object",
            )?
            .execute(params![
                key.name,
                index.activity,
                index.pipeline,
                index.build,
                key.uid,
                text
            ])?;
    } else {
        transaction
            .prepare_cached(
                "INSERT INTO task_runs (run, name, uid, object) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (run, name) DO UPDATE SET uid = excluded.uid, object = excluded.object",
            )?
            .execute(params![key.run, key.name, key.uid, text])?;
    }
    Ok(())
}

/// Puts the run's event at the end and returns its number.
fn append_event(transaction: &Transaction<'_>, run: &str, deleted: bool) -> rusqlite::Result<u64> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO events (run, activity, deleted)
             VALUES (?1, coalesce((SELECT activity FROM runs WHERE name = ?1), ?1), ?2)",
        )?
        .execute(params![run, deleted])?;
    Ok(transaction.last_insert_rowid().unsigned_abs())
}

/// Finds a run by its own name, else the newest one with that activity name.
fn find(
    transaction: &Transaction<'_>,
    name: &str,
) -> rusqlite::Result<Option<(String, RunRecord)>> {
    transaction
        .prepare_cached(
            "SELECT name, activity, pipeline, build, object FROM runs
             WHERE name = ?1 OR activity = ?1 ORDER BY name = ?1 DESC, id DESC LIMIT 1",
        )?
        .query_row([name], read_run)
        .optional()
}

/// Reads a row of `runs`: the object's text, and the record without what other tables hold.
fn read_run(row: &Row<'_>) -> rusqlite::Result<(String, RunRecord)> {
    let record = RunRecord {
        name: row.get(0)?,
        activity: row.get(1)?,
        pipeline: row.get(2)?,
        build: row.get(3)?,
        ..RunRecord::default()
    };
    Ok((row.get(4)?, record))
}

/// Adds what other tables hold about a run.
fn complete(
    transaction: &Transaction<'_>,
    mut record: RunRecord,
    object: &str,
) -> Result<RunRecord, Problem> {
    record.object = serde_json::from_str(object)?;
    let texts = |query: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = transaction.prepare_cached(query)?;
        let rows = statement.query_map([&record.name], |row| row.get(0))?;
        rows.collect()
    };
    let task_runs = texts("SELECT object FROM task_runs WHERE run = ?1 ORDER BY id")?;
    let promotions = texts("SELECT step FROM promotions WHERE run = ?1 ORDER BY id")?;
    record.task_runs = parse_all(&task_runs)?;
    record.promotions = parse_all(&promotions)?;
    let seq: Option<i64> = transaction
        .prepare_cached("SELECT seq FROM events WHERE run = ?1")?
        .query_row([&record.name], |row| row.get(0))
        .optional()?;
    record.seq = seq.unwrap_or_default().unsigned_abs();
    Ok(record)
}

fn parse_all<T: serde::de::DeserializeOwned>(texts: &[String]) -> Result<Vec<T>, Problem> {
    let parsed = texts.iter().map(|text| serde_json::from_str(text));
    Ok(parsed.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
