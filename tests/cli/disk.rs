//! A disk that can be filled.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::session::Session;

/// A tmpfs in place of a folder of a session, taken away at the end.
pub(crate) struct Disk<'a> {
    session: &'a Session,
    folder: PathBuf,
}

impl<'a> Disk<'a> {
    /// A disk of that many bytes; `None` where this user may not mount one, which must not happen in CI.
    pub(crate) fn mount(session: &'a Session, folder: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder)
            .output();
        if mounted.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(Self {
                session,
                folder: folder.to_owned(),
            });
        }
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must be able to mount a tmpfs: {mounted:?}"
        );
        let _ = writeln!(std::io::stderr(), "skipped: this user cannot mount a tmpfs");
        None
    }

    /// Makes it larger.
    pub(crate) fn resize(&self, size: &str) {
        let status = Command::new("mount")
            .args(["-o", &format!("remount,size={size}")])
            .arg(&self.folder)
            .status()
            .unwrap();
        assert!(status.success(), "the disk is made {size}");
    }

    /// Fills it to the last byte.
    pub(crate) fn fill(&self) {
        let _ = std::fs::write(self.folder.join("filler"), vec![0; 64 << 20]);
    }

    /// Leaves that many bytes free of a disk that was filled.
    pub(crate) fn leave(&self, bytes: u64) {
        let filler = File::options()
            .write(true)
            .open(self.folder.join("filler"))
            .unwrap();
        let length = filler.metadata().unwrap().len();
        filler.set_len(length.saturating_sub(bytes)).unwrap();
    }

    /// Takes away what filled it.
    pub(crate) fn free(&self) {
        std::fs::remove_file(self.folder.join("filler")).unwrap();
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        // While its socket can still be found.
        self.session.end_platform();
        // Lazily: a failed test may have left another process there.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(&self.folder)
            .status();
    }
}
