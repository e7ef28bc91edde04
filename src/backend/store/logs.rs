//! [`LogFiles`]: the output of steps, one file each below `logs/<run>/`.

use std::path::PathBuf;

use crate::files;
use crate::ports::logs::{LogError, LogKey, LogSource};

/// The folder of logs.
#[derive(Debug, Clone)]
pub struct LogFiles {
    root: PathBuf,
}

impl LogFiles {
    /// Names the folder; nothing is made.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn path(&self, log: &LogKey) -> Result<PathBuf, LogError> {
        Ok(self.run_folder(&log.run)?.join(plain(&log.file_name())?))
    }

    fn run_folder(&self, run: &str) -> Result<PathBuf, LogError> {
        Ok(self.root.join(plain(run)?))
    }
}

/// Refuses names that would lead elsewhere: they come from objects that anybody may write.
fn plain(name: &str) -> Result<&str, LogError> {
    let bad = name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', '\0']);
    if bad {
        return Err(LogError::BadName(name.escape_default().to_string()));
    }
    Ok(name)
}

impl LogSource for LogFiles {
    fn read(&self, log: &LogKey, from: u64, limit: usize) -> Result<Option<Vec<u8>>, LogError> {
        Ok(files::read_part(&self.path(log)?, from, limit)?)
    }

    fn size(&self, log: &LogKey) -> Result<Option<u64>, LogError> {
        Ok(files::size_if_there(&self.path(log)?)?)
    }

    fn delete(&self, run: &str) -> Result<(), LogError> {
        Ok(files::remove_dir_all(&self.run_folder(run)?)?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_log_is_read_in_parts_as_it_grows() {
        let folder = tempfile::tempdir().unwrap();
        let logs = LogFiles::new(folder.path().to_owned());
        let key = LogKey::new("run", "build", "compile");
        assert_eq!(logs.read(&key, 0, 10).unwrap(), None);
        assert_eq!(logs.size(&key).unwrap(), None);
        fs::create_dir(folder.path().join("run")).unwrap();
        let path = folder.path().join("run/build-compile.txt");
        fs::write(&path, "hello world").unwrap();
        assert_eq!(logs.read(&key, 0, 5).unwrap().unwrap(), b"hello");
        assert_eq!(logs.read(&key, 5, 50).unwrap().unwrap(), b" world");
        assert_eq!(logs.read(&key, 11, 50).unwrap().unwrap(), b"");
        assert_eq!(logs.read(&key, 99, 50).unwrap().unwrap(), b"");
        assert_eq!(logs.size(&key).unwrap(), Some(11));
        logs.delete("run").unwrap();
        logs.delete("run").unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let logs = LogFiles::new("/nowhere".into());
        for (run, task) in [("..", "x"), ("a/b", "x"), ("", "x"), ("run", "../../etc/x")] {
            let error = logs.read(&LogKey::new(run, task, "s"), 0, 1).unwrap_err();
            assert!(
                matches!(error, LogError::BadName(_)),
                "{run} {task}: {error}"
            );
        }
        assert!(matches!(logs.delete("../x"), Err(LogError::BadName(_))));
    }
}
