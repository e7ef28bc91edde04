//! The door to the file system: atomic writes, bounded reads, locks. Every error names its path.

mod inside;
mod probe;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use crate::failure::{Code, Exit, Explain, Kind};

pub use inside::{join_inside, read_inside};
pub use probe::{Barrier, Entry, check_append, check_replace, entry};

/// The most that [`read_text`] reads of a file of ours or of a build file: 8 MiB.
pub const TEXT_LIMIT: u64 = 8 << 20;

/// What can go wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system refused.
    #[error("cannot {action} {}: {}", path.display(), plain(source))]
    Io {
        /// The verb: read, write, create, remove, list, lock.
        action: &'static str,
        /// The path.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// The file is longer than the limit.
    #[error("{} is larger than {limit} bytes", path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// The file is not UTF-8.
    #[error("{} is not UTF-8 text", path.display())]
    NotText {
        /// The path.
        path: PathBuf,
    },
    /// The path leads out of the folder it must stay in, through `..` or a symbolic link.
    #[error("{} leads out of {}", path.display(), root.display())]
    Outside {
        /// The path.
        path: PathBuf,
        /// The folder it must stay in.
        root: PathBuf,
    },
    /// Something that would be written cannot be, as was found before anything was.
    #[error("cannot write to {}: {barrier}", path.display())]
    NotWritable {
        /// The file or folder that is in the way.
        path: PathBuf,
        /// Why.
        barrier: Barrier,
    },
    /// Another process holds the lock and did not give it back in time.
    #[error("{} is held by {holder}", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// What the holder wrote into it: process id and command.
        holder: String,
    },
}

/// The usual words for the usual errors: `no space left on the disk` instead of an errno.
pub(crate) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

impl FileError {
    fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Whether the file or folder does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

impl Explain for FileError {
    fn code(&self) -> Option<Code> {
        Some(if matches!(self, Self::Locked { .. }) {
            Code::LOCKED
        } else {
            Code::FILE
        })
    }

    fn kind(&self) -> Kind {
        Kind::Outside
    }

    fn exit(&self) -> Exit {
        if matches!(self, Self::Locked { .. }) {
            Exit::Temporary
        } else {
            Exit::Failed
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                vec![
                    "free some space and run the same command again; nothing half-written was kept"
                        .to_owned(),
                ]
            }
            Self::NotWritable { path, barrier } => vec![barrier.hint(path)],
            Self::Locked { .. } => {
                vec!["wait for that process, or end it, and run the same command again".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

/// Reads a UTF-8 file of at most [`TEXT_LIMIT`] bytes.
///
/// # Errors
/// Missing, unreadable, too large, or no UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = read_bytes(path, TEXT_LIMIT)?;
    String::from_utf8(bytes).map_err(|_| FileError::NotText {
        path: path.to_owned(),
    })
}

/// Reads a UTF-8 file; `None` when it does not exist.
///
/// # Errors
/// As [`read_text`], a missing file aside.
pub fn read_text_if_there(path: &Path) -> Result<Option<String>, FileError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// Missing, unreadable, or too large.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let file = File::open(path).map_err(|source| FileError::io("read", path, source))?;
    read_open(file, path, limit)
}

fn read_open(file: File, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| FileError::io("read", path, source))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
            limit,
        });
    }
    Ok(bytes)
}

/// Reads up to `limit` bytes of a file from the position `from` on; `None` when it does not exist.
///
/// # Errors
/// Unreadable.
pub fn read_part(path: &Path, from: u64, limit: usize) -> Result<Option<Vec<u8>>, FileError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(limit as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    if_there(read()).map_err(|source| FileError::io("read", path, source))
}

/// The number of bytes in a file; `None` when it does not exist.
///
/// # Errors
/// What the operating system refuses.
pub fn size_if_there(path: &Path) -> Result<Option<u64>, FileError> {
    let size = fs::metadata(path).map(|metadata| metadata.len());
    if_there(size).map_err(|source| FileError::io("read", path, source))
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteOptions {
    /// The permission bits; `None`: 0644 less the umask.
    pub mode: Option<u32>,
    /// Whether the folder entry, too, must survive a power cut.
    pub durable: bool,
}

/// How the name of a file begins and ends that is not written to its end yet.
const HALF_WRITTEN: (&str, &str) = (".landfall-", ".tmp");

/// Removes what a process that was killed in [`write_atomic`] left in `folder`. Only where nobody else writes there.
///
/// # Errors
/// What the operating system refuses.
pub fn remove_half_written(folder: &Path) -> Result<(), FileError> {
    for path in list_dir(folder)? {
        let name = path.file_name().and_then(|name| name.to_str());
        if name
            .is_some_and(|name| name.starts_with(HALF_WRITTEN.0) && name.ends_with(HALF_WRITTEN.1))
        {
            remove_file(&path)?;
        }
    }
    Ok(())
}

/// Replaces a file by `contents`, or leaves it as it was: temporary file in the same folder, data sync, rename.
///
/// # Errors
/// Any step that fails; the temporary file is gone then and the old file is untouched.
pub fn write_atomic(path: &Path, contents: &[u8], options: WriteOptions) -> Result<(), FileError> {
    let fail = |source| FileError::io("write", path, source);
    let folder = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF_WRITTEN.0).suffix(HALF_WRITTEN.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(options.mode.unwrap_or(0o644)));
    }
    let mut temporary = builder.tempfile_in(folder).map_err(fail)?;
    temporary.write_all(contents).map_err(fail)?;
    temporary.as_file().sync_data().map_err(fail)?;
    temporary.persist(path).map_err(|error| fail(error.error))?;
    if options.durable {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(fail)?;
    }
    Ok(())
}

/// Replaces the text of a file that is there, its permissions kept, or makes it.
///
/// # Errors
/// As [`write_atomic`].
pub fn replace_text(path: &Path, text: &str) -> Result<(), FileError> {
    #[cfg(unix)]
    let mode = {
        use std::os::unix::fs::PermissionsExt as _;
        if_there(fs::metadata(path))
            .map_err(|source| FileError::io("read", path, source))?
            .map(|there| there.permissions().mode() & 0o7777)
    };
    #[cfg(not(unix))]
    let mode = None;
    let options = WriteOptions {
        mode,
        durable: false,
    };
    write_atomic(path, text.as_bytes(), options)
}

/// Gives a folder another name on the same file system; an empty folder of that name is replaced.
///
/// # Errors
/// What the operating system refuses, such as a folder of that name that is not empty.
pub fn rename_folder(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(|source| FileError::io("make", to, source))
}

/// Creates a folder and those above it.
///
/// # Errors
/// What the operating system refuses.
pub fn create_dir_all(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|source| FileError::io("create", path, source))
}

/// Removes a file; a missing one is fine.
///
/// # Errors
/// What the operating system refuses.
pub fn remove_file(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(FileError::io("remove", path, source))
        }
        _ => Ok(()),
    }
}

/// Removes a folder with everything in it; a missing one is fine.
///
/// # Errors
/// What the operating system refuses.
pub fn remove_dir_all(path: &Path) -> Result<(), FileError> {
    match fs::remove_dir_all(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(FileError::io("remove", path, source))
        }
        _ => Ok(()),
    }
}

/// Gives a file or folder another name on the same file system.
///
/// # Errors
/// What the operating system refuses, such as a folder of that name that holds something.
pub fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(|source| FileError::io("create", to, source))
}

/// Removes a folder that holds nothing; one that holds something, or is missing, is left.
///
/// # Errors
/// What the operating system refuses.
pub fn remove_dir_if_empty(path: &Path) -> Result<(), FileError> {
    match fs::remove_dir(path) {
        Err(source)
            if !matches!(
                source.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::DirectoryNotEmpty
                    | io::ErrorKind::NotADirectory
            ) =>
        {
            Err(FileError::io("remove", path, source))
        }
        _ => Ok(()),
    }
}

/// The permission bits of a file; `None` when it does not exist or cannot be asked.
pub fn mode_if_there(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).ok()?;
    Some(metadata.permissions().mode() & 0o7777)
}

/// Moves a folder into another one on the same file system, under a name that is free there. A missing folder is fine.
///
/// # Errors
/// What the operating system refuses.
pub fn move_into(path: &Path, folder: &Path) -> Result<(), FileError> {
    if !path.exists() {
        return Ok(());
    }
    create_dir_all(folder)?;
    let place = tempfile::Builder::new()
        .tempdir_in(folder)
        .map_err(|source| FileError::io("create a folder in", folder, source))?
        .keep();
    fs::rename(path, place.join("moved")).map_err(|source| FileError::io("move", path, source))
}

/// The entries of a folder in the order of names; a missing folder has none.
///
/// # Errors
/// What the operating system refuses.
pub fn list_dir(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(FileError::io("list", path, source)),
    };
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(|source| FileError::io("list", path, source))?;
    paths.sort();
    Ok(paths)
}

/// Makes sure that a folder can be listed.
///
/// # Errors
/// Missing, no folder, or not allowed.
pub fn check_folder(path: &Path) -> Result<(), FileError> {
    fs::read_dir(path)
        .map(drop)
        .map_err(|source| FileError::io("list", path, source))
}

/// A folder that one process at a time works in; no file is left behind. Dropping it gives it back, and so does the end of
/// the process.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held for its lock")] File);

/// Takes a folder for this process, waiting at most `wait`.
///
/// # Errors
/// [`FileError::Locked`] after `wait`, or a folder that cannot be opened.
pub fn lock_folder(path: &Path, wait: Duration) -> Result<FolderLock, FileError> {
    let fail = |source| FileError::io("lock", path, source);
    let folder = File::open(path).map_err(fail)?;
    if flock_within(&folder, wait).map_err(fail)? {
        return Ok(FolderLock(folder));
    }
    Err(FileError::Locked {
        path: path.to_owned(),
        holder: "another process".to_owned(),
    })
}

/// Takes the lock of an open file; false when another process keeps it for longer than `wait`.
fn flock_within(file: &File, wait: Duration) -> io::Result<bool> {
    let deadline = Instant::now() + wait;
    let mut pause = Duration::from_millis(1);
    while let Err(error) = flock(file, FlockOperation::NonBlockingLockExclusive) {
        if error != rustix::io::Errno::WOULDBLOCK && error != rustix::io::Errno::INTR {
            return Err(error.into());
        }
        if Instant::now() >= deadline {
            return Ok(false);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
    Ok(true)
}

/// A held lock; dropping it gives it back. The operating system gives it back too when the process is killed.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nobody holds it from here on, so nobody is named. The file stays: removing it would let two hold the same name.
        let _ = self.file.set_len(0);
    }
}

impl Lock {
    /// The lock file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the lock at `path`, waiting at most `wait`. `holder` is what others are told, beside the process id.
    ///
    /// # Errors
    /// [`FileError::Locked`] after `wait`, or a lock file that cannot be made.
    pub fn acquire(path: &Path, holder: &str, wait: Duration) -> Result<Self, FileError> {
        let fail = |source| FileError::io("lock", path, source);
        if let Some(folder) = path.parent() {
            create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fail)?;
        if !flock_within(&file, wait).map_err(fail)? {
            let mut text = String::new();
            let _ = file.take(200).read_to_string(&mut text);
            let text = text.trim();
            let holder = if text.is_empty() {
                "another process"
            } else {
                text
            };
            return Err(FileError::Locked {
                path: path.to_owned(),
                holder: holder.to_owned(),
            });
        }
        // Informational only: a full disk must not stop a lock that is already held.
        let _ = file.set_len(0);
        let _ = writeln!(file, "process {} ({holder})", std::process::id());
        Ok(Self {
            file,
            path: path.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{
        FileError, Lock, WriteOptions, list_dir, lock_folder, move_into, read_bytes, read_text,
        write_atomic,
    };

    #[test]
    fn a_folder_is_taken_by_one_at_a_time_and_nothing_is_left_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let lock = lock_folder(folder.path(), Duration::ZERO).unwrap();
        let refused = lock_folder(folder.path(), Duration::from_millis(5)).unwrap_err();
        assert!(matches!(refused, FileError::Locked { .. }));
        drop(lock);
        lock_folder(folder.path(), Duration::ZERO).unwrap();
        assert!(list_dir(folder.path()).unwrap().is_empty());
    }

    #[test]
    fn a_write_replaces_the_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/a.txt");
        write_atomic(&path, b"one", WriteOptions::default()).unwrap();
        write_atomic(
            &path,
            b"two",
            WriteOptions {
                mode: Some(0o600),
                durable: true,
            },
        )
        .unwrap();
        assert_eq!(read_text(&path).unwrap(), "two");
        assert_eq!(list_dir(path.parent().unwrap()).unwrap(), [path]);
    }

    #[test]
    fn a_failed_write_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("kept"), "x").unwrap();
        let error = write_atomic(&path, b"two", WriteOptions::default()).unwrap_err();
        assert!(error.to_string().contains("cannot write"), "{error}");
        assert_eq!(list_dir(folder.path()).unwrap(), [path]);
    }

    #[test]
    fn reads_are_bounded_and_checked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert!(matches!(
            read_bytes(&path, 2),
            Err(FileError::TooLarge { limit: 2, .. })
        ));
        assert!(matches!(read_text(&path), Err(FileError::NotText { .. })));
        assert!(
            read_text(&folder.path().join("none"))
                .unwrap_err()
                .is_not_found()
        );
    }

    #[test]
    fn a_lock_is_exclusive_and_names_its_holder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("locks/one");
        let held = Lock::acquire(&path, "landfall import", Duration::ZERO).unwrap();
        let error = Lock::acquire(&path, "second", Duration::from_millis(5)).unwrap_err();
        assert!(error.to_string().contains("landfall import"), "{error}");
        drop(held);
        Lock::acquire(&path, "second", Duration::ZERO).unwrap();
    }

    #[test]
    fn a_folder_is_moved_away_as_often_as_it_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let (path, garbage) = (folder.path().join("a"), folder.path().join("garbage"));
        for _ in 0..2 {
            fs::create_dir_all(path.join("b")).unwrap();
            move_into(&path, &garbage).unwrap();
            assert!(!path.exists());
        }
        move_into(&path, &garbage).unwrap();
        assert_eq!(fs::read_dir(&garbage).unwrap().count(), 2);
    }
}
