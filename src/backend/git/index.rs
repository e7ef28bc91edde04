//! What Git tracks, by the index: read here where it is of the usual form, by the git program where it is split, sparse or unheard of.
//!
//! libgit2 checks the checksum of the whole file first, which takes ten times as long as to read it; git itself does not.

use std::path::Path;

use super::program::{Call, Program, Scope};
use crate::files;
use crate::ports::git::{GitError, Tracked};

mod format;

/// The kinds of entries, by the upper bits of their mode.
const KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;

/// The longest index that is read here: room for millions of files.
const MAX_BYTES: u64 = 1 << 30;

/// The tracked files of the work tree at `root`, in the order of names.
pub(super) fn tracked(program: &Program, root: &Path) -> Result<Vec<Tracked>, GitError> {
    let repository = super::objects::open(root)?;
    let index = files::read_bytes(&repository.path().join("index"), MAX_BYTES);
    let entries = index.ok().and_then(|bytes| format::entries(&bytes));
    let mut files: Vec<Tracked> = match entries {
        Some(entries) => entries
            .into_iter()
            .filter_map(|(mode, path)| file(mode, path))
            .collect(),
        None => listed(program, root)?,
    };
    // One entry a side in a conflict.
    files.sort_unstable_by(|one: &Tracked, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    Ok(files)
}

/// The same by the git program.
fn listed(program: &Program, root: &Path) -> Result<Vec<Tracked>, GitError> {
    let call = Call::new(Scope::User, root, &["ls-files", "--stage", "-z"]);
    let output = program.run(call)?.checked()?;
    Ok(output
        .stdout
        .split(|byte| *byte == 0)
        .filter_map(staged)
        .collect())
}

/// Reads `100644 <id> 0\t<path>`.
fn staged(line: &[u8]) -> Option<Tracked> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let mode = std::str::from_utf8(line.get(..6)?).ok()?;
    file(
        u32::from_str_radix(mode, 8).ok()?,
        line[tab + 1..].to_owned(),
    )
}

fn file(mode: u32, path: Vec<u8>) -> Option<Tracked> {
    if mode & KIND == SUBMODULE {
        return None;
    }
    Some(Tracked {
        path: String::from_utf8(path).ok()?,
        is_link: mode & KIND == LINK,
    })
}

#[cfg(test)]
mod tests {
    use super::staged;

    #[test]
    fn a_line_of_ls_files_is_a_file_or_none() {
        let id = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
        let read = |mode: &str| staged(format!("{mode} {id} 0\ta b/ä.txt").as_bytes());
        let file = read("100755").unwrap();
        assert_eq!((file.path.as_str(), file.is_link), ("a b/ä.txt", false));
        assert!(read("120000").unwrap().is_link);
        assert_eq!(read("160000"), None);
        assert_eq!(staged(b""), None);
        assert_eq!(staged(b"100644 \xff"), None);
    }
}
